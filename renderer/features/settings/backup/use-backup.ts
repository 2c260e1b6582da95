import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BackupState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { useStream } from '../../../lib/use-stream.ts';
import { backupQuery } from './queries.ts';

/** Settings, what is under way, and what was last, live; when a task ends, the lists are asked for again. */
export function useBackup() {
  const queryClient = useQueryClient();
  const backup = useQuery(backupQuery);
  const take = (state: BackupState): void => {
    const before = queryClient.getQueryData(backupQuery.queryKey);
    queryClient.setQueryData(backupQuery.queryKey, state);
    if (before?.activity && !state.activity) void queryClient.invalidateQueries({ queryKey: ['backup'] });
  };
  useStream('backup', (signal) => client.backup.watch(undefined, { signal }), take);
  return backup;
}

/** What may be done with backups; each answer is the new state. */
export function useBackupActions() {
  const queryClient = useQueryClient();
  const onSuccess = (state: BackupState): void => {
    queryClient.setQueryData(backupQuery.queryKey, state);
  };
  const run = useMutation({ mutationFn: () => client.backup.run(), onSuccess });
  const verify = useMutation({ mutationFn: (snapshotId: string) => client.backup.verify({ snapshotId }), onSuccess });
  const drill = useMutation({ mutationFn: (snapshotId: string | null) => client.backup.drill({ snapshotId }), onSuccess });
  const cancel = useMutation({ mutationFn: () => client.backup.cancel(), onSuccess });
  return { run, verify, drill, cancel };
}
