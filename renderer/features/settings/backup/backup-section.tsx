import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsSection } from '../settings-section.tsx';
import { BackupSettingsCard } from './backup-settings-card.tsx';
import { BackupStateCard } from './backup-state-card.tsx';
import { DrillCard } from './drill-card.tsx';
import { SnapshotsCard } from './snapshots-card.tsx';
import { useBackup } from './use-backup.ts';

/** Backups: how they stand, what the folder holds, proof that they can be restored, and how they are made. */
export function BackupSection() {
  const { t } = useTranslation('backup');
  const backup = useBackup();
  if (backup.isPending) return <Loading />;
  if (backup.isError) return <ErrorState error={backup.error} onRetry={() => void backup.refetch()} />;
  const { settings } = backup.data;
  const settingsCard = <BackupSettingsCard key={JSON.stringify(settings)} settings={settings} />;
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      {settings.folder === null ? (
        settingsCard
      ) : (
        <>
          <BackupStateCard state={backup.data} />
          <SnapshotsCard folder={settings.folder} busy={backup.data.activity !== null} />
          <DrillCard state={backup.data} />
          {settingsCard}
        </>
      )}
    </SettingsSection>
  );
}
