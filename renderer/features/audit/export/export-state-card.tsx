import { Alert, Button, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileExport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SiemState } from '../../../../electron/core/contract/audit-records.ts';
import { client } from '../../../lib/client.ts';
import { describe } from '../../../lib/errors.ts';
import { formatNumber } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, WideTable } from '../../settings/settings-section.tsx';
import { auditQueries } from '../queries.ts';

/** How far the export is, when the next one comes, and what is wrong with what was written. */
export function ExportStateCard({ state }: { readonly state: SiemState }) {
  const { t } = useTranslation('audit');
  const queryClient = useQueryClient();
  const mayManage = usePermission('audit.manage');
  const now = useMutation({
    mutationFn: () => client.audit.exportNow(),
    onSuccess: (after) => {
      queryClient.setQueryData(auditQueries.siem().queryKey, after);
      notifyDone(t('export.done'));
    },
  });
  const { settings, next, waiting, files, lastAt, nextAt, error, problems } = state;
  return (
    <SettingsCard
      title={t('export.state')}
      actions={
        mayManage && (
          <Button leftSection={<IconFileExport size={15} aria-hidden />} loading={now.isPending} onClick={() => now.mutate()}>
            {t('export.now')}
          </Button>
        )
      }
    >
      {error && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('export.failed')}>
          {describe(error)}
        </Alert>
      )}
      <Facts>
        <Fact name={t('export.written')}>
          {t('witness.entries', { count: next, shown: formatNumber(next) })} ·{' '}
          {t('export.files', { count: files, shown: formatNumber(files) })}
        </Fact>
        <Fact name={t('export.waiting')}>{t('witness.entries', { count: waiting, shown: formatNumber(waiting) })}</Fact>
        <Fact name={t('export.last')}>{lastAt === null ? t('export.never') : <Time at={lastAt} />}</Fact>
        <Fact name={t('export.next')}>{nextAt === null ? '–' : <Time at={nextAt} />}</Fact>
        <Fact name={t('export.folder')}>{settings.folder}</Fact>
        <Fact name={t('export.format')}>{t(`export.formats.${settings.format}`)}</Fact>
      </Facts>
      {problems.length > 0 && (
        <>
          <Alert
            color="red"
            role="alert"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={t('export.problems', { count: problems.length })}
          >
            {t('export.problemsText')}
          </Alert>
          <WideTable>
            <Table aria-label={t('export.problems', { count: problems.length })} miw={520}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('export.file')}</Table.Th>
                  <Table.Th>{t('export.what')}</Table.Th>
                  <Table.Th ta="right">{t('export.entries')}</Table.Th>
                  <Table.Th>{t('export.noticed')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {problems.map(({ file, kind, first, last, noticedAt }) => (
                  <Table.Tr key={file}>
                    <Table.Td>
                      <Text fz="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                        {file}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <StatusBadge tone="bad">{t(`export.kinds.${kind}`)}</StatusBadge>
                    </Table.Td>
                    <Table.Td ta="right">
                      {formatNumber(first)}–{formatNumber(last)}
                    </Table.Td>
                    <Table.Td>
                      <Time at={noticedAt} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
        </>
      )}
    </SettingsCard>
  );
}
