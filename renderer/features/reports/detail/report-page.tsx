import { ActionIcon, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatHash } from '../../../lib/route.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { HistoryLink } from '../../audit/history-link.tsx';
import type { AnyReport } from '../any-report.ts';
import { ReportActions } from '../parts/report-actions.tsx';
import { ReportFiles } from '../parts/report-files.tsx';
import { SaveVerifier } from '../parts/save-verifier.tsx';
import { useExport, useMayExport, useVerification } from '../parts/use-report.ts';
import { Verification } from '../parts/verification.tsx';
import classes from '../reports.module.css';
import { useAllReports } from '../use-all-reports.ts';
import { ReportFacts } from './report-facts.tsx';

/** One signed report: whether it holds and what that proves, what it is about, its files, and taking it out of the vault. */
export function ReportPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('reports');
  const { reports, error, reload } = useAllReports();
  const report = reports?.find((one) => one.id === id);
  if (report) return <Found report={report} />;
  return (
    <>
      <div className={classes['toolbar']}>
        <Back />
      </div>
      {reports ? (
        <EmptyState icon={IconFileOff} title={t('detail.gone')}>
          {t('detail.goneHelp')}
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function Back() {
  const { t } = useTranslation('reports');
  return (
    <Tooltip label={t('detail.back')}>
      <ActionIcon variant="subtle" color="gray" component="a" href={formatHash('audit', ['reports'])} aria-label={t('detail.back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Found({ report }: { readonly report: AnyReport }) {
  const { t } = useTranslation('reports');
  const verification = useVerification(report, true);
  const exporting = useExport(report);
  const mayExport = useMayExport(report);
  return (
    <>
      <div className={classes['toolbar']}>
        <Back />
        <div className={classes['sub']}>
          <Title order={2} lineClamp={1} title={report.title}>
            {report.title}
          </Title>
        </div>
        <HistoryLink id={report.id} />
        <ReportActions report={report} verification={verification} exporting={exporting} />
      </div>
      <div className={classes['page']}>
        <div className={classes['cards']}>
          <FormError error={exporting.error} />
          <section className={classes['card']} aria-label={t('detail.verification')}>
            <Title order={3}>{t('detail.verification')}</Title>
            <FormError error={verification.error} />
            {verification.result && <Verification result={verification.result} />}
            {!verification.result && !verification.error && <Loading lines={4} />}
            {verification.result && (
              <Text fz="xs" c="dimmed">
                {t('detail.checkedAt')} <Time at={verification.at} />
              </Text>
            )}
          </section>
          <section className={classes['card']} aria-label={t('detail.about')}>
            <Title order={3}>{t('detail.about')}</Title>
            <ReportFacts report={report} />
          </section>
          <section className={classes['card']} aria-label={t('files.title')}>
            <div className={classes['cardHead']}>
              <div className={classes['cardTitle']}>
                <Title order={3}>{t('files.title')}</Title>
                <Text fz="xs" c="dimmed" mt={2}>
                  {t(mayExport ? 'export.leavesVault' : 'export.notAllowed')}
                </Text>
              </div>
              <SaveVerifier />
            </div>
            <ReportFiles
              files={report.files}
              busy={exporting.isPending}
              {...(mayExport ? { onSave: (name: string) => exporting.mutate(name) } : {})}
            />
          </section>
        </div>
      </div>
    </>
  );
}
