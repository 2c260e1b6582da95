import { os } from '../rpc/implementer.ts';
import { findSets } from './backup-set.ts';
import { listSnapshots } from './backup-tasks.ts';

export const backupHandlers = {
  state: os.backup.state.handler(({ context }) => context.workspace.backups.state()),
  watch: os.backup.watch.handler(async function* ({ context, signal }) {
    yield* context.workspace.backups.watch(signal);
  }),
  setSettings: os.backup.setSettings.handler(({ input, context }) => context.workspace.backups.setSettings(context.act, input)),
  snapshots: os.backup.snapshots.handler(({ input, context }) => context.workspace.backups.snapshots(input.folder)),
  run: os.backup.run.handler(({ input, context }) => context.workspace.backups.run(context.act, input)),
  verify: os.backup.verify.handler(({ input, context }) => context.workspace.backups.verify(context.act, input.snapshotId, input.folder)),
  drill: os.backup.drill.handler(({ input, context }) => context.workspace.backups.drill(context.act, input.snapshotId, input.folder)),
  cancel: os.backup.cancel.handler(({ context }) => context.workspace.backups.cancel(context.act)),
  history: os.backup.history.handler(({ context }) => ({ drills: context.workspace.backups.drills() })),
  inspect: os.backup.inspect.handler(({ input }) => findSets(input.folder).flatMap((set) => listSnapshots(set))),
  restore: os.backup.restore.handler(async function* ({ input, context, signal }) {
    yield* context.core.restoreBackup(input, signal);
  }),
};
