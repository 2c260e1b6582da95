import { Stack, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../electron/core/contract/index.ts';
import { usePermission } from '../../lib/session.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { SettingsCard } from '../settings/settings-section.tsx';
import { NewReport } from './make/new-report.tsx';
import { ReportCard } from './parts/report-card.tsx';
import { reportQueries } from './queries.ts';

/** The signed reports of a case and of its runs, on its page. One of the whole case is made by who leads it. */
export function CaseReports({ of }: { readonly of: Pick<CaseSummary, 'id' | 'access'> }) {
  const { t } = useTranslation('reports');
  const mayCreate = usePermission('reports.create');
  const [making, setMaking] = useState(false);
  const reports = useQuery(reportQueries.ofCase(of.id));
  return (
    <SettingsCard
      title={t('ofCase.title')}
      lead={t('ofCase.lead')}
      actions={
        mayCreate && (
          <GuardedButton
            blocked={of.access === 'lead' ? null : t('ofCase.leadOnly')}
            variant="default"
            leftSection={<IconFileCertificate size={16} aria-hidden />}
            onClick={() => setMaking(true)}
          >
            {t('ofCase.make')}
          </GuardedButton>
        )
      }
    >
      {reports.isPending && <Loading lines={2} />}
      {reports.isError && <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.data?.length === 0 && <Text c="dimmed">{t('ofCase.none')}</Text>}
      {reports.data && reports.data.length > 0 && (
        <Stack gap="sm">
          {reports.data.map((report) => (
            <ReportCard key={report.id} report={report} />
          ))}
        </Stack>
      )}
      <NewReport opened={making} onClose={() => setMaking(false)} start={{ kind: 'case', caseId: of.id }} />
    </SettingsCard>
  );
}
