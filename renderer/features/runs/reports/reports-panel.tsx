import { Alert, Stack, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../../electron/core/contract/runs.ts';
import { useWriting } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { isActive } from '../model/live-run.ts';
import { runQueries } from '../run-queries.ts';
import { ReportCard } from './report-card.tsx';

/** The signed reports of a run, and the way to a new one once the run has ended. */
export function ReportsPanel({ run }: { readonly run: RunSummary }) {
  const { t, i18n } = useTranslation('runs');
  const queryClient = useQueryClient();
  const { allowed: mayCreate, blocked } = useWriting('reports.create', run.caseId);
  const reports = useQuery(runQueries.reports(run.id));
  const create = useMutation({
    mutationFn: () => client.reports.create({ kind: 'run', runIds: [run.id], language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en' }),
    onSuccess: async () => {
      notifyDone(t('reports.created'));
      await queryClient.invalidateQueries({ queryKey: ['reports', 'list', run.id] });
    },
  });
  const button = mayCreate && (
    <GuardedButton
      blocked={blocked}
      leftSection={<IconFileCertificate size={16} aria-hidden />}
      loading={create.isPending}
      disabled={isActive(run)}
      onClick={() => create.mutate()}
    >
      {t('reports.create')}
    </GuardedButton>
  );
  if (reports.isPending) return <Loading lines={3} />;
  if (reports.isError) return <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />;
  if (reports.data.length === 0) {
    return (
      <EmptyState icon={IconFileCertificate} title={t('reports.none')} actions={button}>
        {t(isActive(run) ? 'reports.afterRun' : 'reports.about')}
      </EmptyState>
    );
  }
  return (
    <Stack p="md" gap="md" maw={860}>
      <div>{button}</div>
      {reports.data.map((report) => (
        <ReportCard key={report.id} report={report} />
      ))}
      <Alert color="gray" p="xs">
        <Text fz="xs">{t('reports.leavesVault')}</Text>
      </Alert>
    </Stack>
  );
}
