import { Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Time } from '../../../ui/time.tsx';
import type { AnyReport } from '../any-report.ts';
import classes from '../reports.module.css';
import { Disclosure } from './disclosure.tsx';
import { ReportActions } from './report-actions.tsx';
import { ReportFiles } from './report-files.tsx';
import { useExport, useMayExport, useVerification } from './use-report.ts';
import { Verification } from './verification.tsx';

/** One signed report where it belongs (a run, a case): whether it still holds, its files, and taking it out of the vault. */
export function ReportCard({ report }: { readonly report: AnyReport }) {
  const { t } = useTranslation('reports');
  const verification = useVerification(report);
  const exporting = useExport(report);
  const mayExport = useMayExport(report);
  return (
    <article className={classes['card']} aria-label={report.title}>
      <div className={classes['cardHead']}>
        <div className={classes['cardTitle']}>
          <Title order={3}>{report.title}</Title>
          <Text fz="xs" c="dimmed">
            {t(`kinds.${report.kind}.name`)} · {report.createdBy} · <Time at={report.createdAt} />
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <ReportActions report={report} verification={verification} exporting={exporting} />
        </Group>
      </div>
      <FormError error={verification.error ?? exporting.error} />
      {verification.result && <Verification result={verification.result} short />}
      <Disclosure label={t('files.count', { count: report.files.length, shown: formatNumber(report.files.length) })}>
        <ReportFiles
          files={report.files}
          busy={exporting.isPending}
          {...(mayExport ? { onSave: (name: string) => exporting.mutate(name) } : {})}
        />
      </Disclosure>
    </article>
  );
}
