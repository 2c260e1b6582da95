import { Stack, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../electron/core/contract/index.ts';
import { useWriting } from '../../lib/cases.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { isActive } from '../runs/model/live-run.ts';
import { NewReport } from './make/new-report.tsx';
import { ReportCard } from './parts/report-card.tsx';
import { reportQueries } from './queries.ts';

/** The signed reports of a run, and the way to a new one once the run has ended. */
export function RunReports({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('reports');
  const { allowed: mayCreate, blocked } = useWriting('reports.create', run.caseId);
  const [making, setMaking] = useState(false);
  const reports = useQuery(reportQueries.ofRun(run.id));
  const button = mayCreate && (
    <GuardedButton
      blocked={isActive(run) ? t('ofRun.afterRun') : blocked}
      leftSection={<IconFileCertificate size={16} aria-hidden />}
      onClick={() => setMaking(true)}
    >
      {t('ofRun.make')}
    </GuardedButton>
  );
  return (
    <>
      {reports.isPending && <Loading lines={3} />}
      {reports.isError && <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.data?.length === 0 && (
        <EmptyState icon={IconFileCertificate} title={t('ofRun.none')} actions={button}>
          {t(isActive(run) ? 'ofRun.afterRun' : 'ofRun.about')}
        </EmptyState>
      )}
      {reports.data && reports.data.length > 0 && (
        <Stack p="md" gap="md" maw={900}>
          <div>{button}</div>
          {reports.data.map((report) => (
            <ReportCard key={report.id} report={report} />
          ))}
          <Text fz="xs" c="dimmed">
            {t('export.leavesVault')}
          </Text>
        </Stack>
      )}
      <NewReport opened={making} onClose={() => setMaking(false)} start={{ kind: 'run', runIds: [run.id], caseId: run.caseId }} />
    </>
  );
}
