import { useQuery } from '@tanstack/react-query';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import classes from '../audit.module.css';
import { auditQueries } from '../queries.ts';
import { ExportOnceCard } from './export-once-card.tsx';
import { ExportSettingsCard } from './export-settings-card.tsx';
import { ExportStateCard } from './export-state-card.tsx';

/** The audit log for a log collector: how its export stands, how it is set up, and a range of it by hand. */
export function ExportTab() {
  const siem = useQuery(auditQueries.siem());
  const mayManage = usePermission('audit.manage');
  if (siem.isPending) return <Loading />;
  if (siem.isError) return <ErrorState error={siem.error} onRetry={() => void siem.refetch()} />;
  const { settings } = siem.data;
  return (
    <div className={classes['page']}>
      {settings.folder !== null && <ExportStateCard state={siem.data} />}
      <ExportSettingsCard key={JSON.stringify(settings)} settings={settings} />
      {mayManage && <ExportOnceCard format={settings.format} />}
    </div>
  );
}
