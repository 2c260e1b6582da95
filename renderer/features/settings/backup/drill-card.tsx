import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconLifebuoy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackupState, DrillResult } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { DrillHistory } from './drill-history.tsx';
import { useBackupActions } from './use-backup.ts';

/** The restore drill: proof that a backup opens and matches, and how long a real recovery would take. */
export function DrillCard({ state }: { readonly state: BackupState }) {
  const { t } = useTranslation('backup');
  const mayManage = usePermission('backup.manage');
  const { drill } = useBackupActions();
  const { lastDrill, activity, last } = state;
  return (
    <SettingsCard
      title={t('drill.title')}
      lead={t('drill.lead')}
      actions={
        mayManage && (
          <Button
            variant="default"
            leftSection={<IconLifebuoy size={16} aria-hidden />}
            disabled={activity !== null || last === null}
            loading={drill.isPending}
            onClick={() => drill.mutate(null)}
          >
            {t('drill.run')}
          </Button>
        )
      }
    >
      {lastDrill ? <Result drill={lastDrill} /> : <Text c="dimmed">{t('drill.never')}</Text>}
      <DrillHistory />
    </SettingsCard>
  );
}

function Result({ drill }: { readonly drill: DrillResult }) {
  const { t } = useTranslation('backup');
  const { ok, recoveryMs, at, tables, rows, blobs, bytes, bytesPerSecond, problems } = drill;
  return (
    <>
      {ok ? (
        <Alert
          color="green"
          icon={<IconCircleCheck size={18} aria-hidden />}
          title={t('drill.takes', { time: formatDuration(recoveryMs) })}
        >
          {t('drill.matched')}
        </Alert>
      ) : (
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('drill.failed')}>
          <List fz="sm">
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Facts>
        <Fact name={t('drill.at')}>
          <Time at={at} />
        </Fact>
        <Fact name={t('drill.rows')}>{t('drill.rowsOf', { rows: formatNumber(rows), tables: formatNumber(tables) })}</Fact>
        <Fact name={t('drill.files')}>{t('drill.filesOf', { blobs: formatNumber(blobs), size: formatBytes(bytes) })}</Fact>
        <Fact name={t('drill.speed')}>{t('drill.rate', { rate: formatBytes(bytesPerSecond) })}</Fact>
      </Facts>
    </>
  );
}
