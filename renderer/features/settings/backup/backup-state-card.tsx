import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '../../../../electron/core/contract/index.ts';
import { describe } from '../../../lib/errors.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { BackupActivity } from './backup-activity.tsx';
import { useBackupActions } from './use-backup.ts';

/** When the last backup was, when the next one is, and what is under way. */
export function BackupStateCard({ state }: { readonly state: BackupState }) {
  const { t } = useTranslation('backup');
  const mayManage = usePermission('backup.manage');
  const { run } = useBackupActions();
  const { settings, nextAt, activity, last, failure } = state;
  return (
    <SettingsCard
      title={t('state.title')}
      actions={
        mayManage && (
          <Button
            leftSection={<IconDatabaseExport size={16} aria-hidden />}
            disabled={activity !== null}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            {t('state.run')}
          </Button>
        )
      }
    >
      {last?.error && !activity && (
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('state.failed')}>
          {describe(last.error)}
        </Alert>
      )}
      {failure && !activity && failure.task !== 'backup' && (
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t(`state.failure.${failure.task}`)}>
          {describe(failure.error)}
        </Alert>
      )}
      {activity && <BackupActivity activity={activity} />}
      <Facts>
        <Fact name={t('state.last')}>{last ? <Time at={last.at} /> : t('state.none')}</Fact>
        <Fact name={t('state.next')}>{nextAt === null ? t('state.byHand') : <Time at={nextAt} />}</Fact>
        <Fact name={t('state.folder')}>{settings.folder}</Fact>
      </Facts>
    </SettingsCard>
  );
}
