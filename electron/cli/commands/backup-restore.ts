import { findSets } from '../../core/backup/backup-set.ts';
import { listSnapshots } from '../../core/backup/backup-tasks.ts';
import { AppError } from '../../core/errors.ts';
import { asAppError, connectClient, type Client } from '../../local/client.ts';
import { Host } from '../../local/host.ts';
import { UsageError, type Command } from '../command.ts';
import { defaultUser, proving } from '../open-vault.ts';
import { askSecret } from '../password.ts';
import { required } from './backup.ts';

export const backupRestore: Command = {
  area: 'backup',
  verb: 'restore',
  usage: '--from DIR --to DIR [--snapshot ID] [--recovery] [--user NAME]',
  summary:
    'Bring a backup (the newest one) into a new vault folder, with a password of that time, or --recovery: the recovery code (REDOUBT_RECOVERY_CODE) or shares (REDOUBT_SHARES).',
  options: { from: { type: 'string' }, to: { type: 'string' }, snapshot: { type: 'string' }, recovery: { type: 'boolean' } },
  positionals: [0, 0],
  async run(context) {
    const { values, progress } = context;
    const [from, to] = [required(context, 'from'), required(context, 'to')];
    const snapshotId = (values['snapshot'] as string | undefined) ?? newest(from);
    const userName = (values['user'] as string | undefined) ?? process.env['REDOUBT_USER'] ?? defaultUser;
    const host = new Host({ host: 'cli', vaultFolder: to });
    try {
      await host.start();
      const { client } = connectClient(host);
      const restore = (proof: Proof) => follow(client.backup.restore({ folder: from, snapshotId, ...proof }), progress);
      const { REDOUBT_RECOVERY_CODE: code, REDOUBT_SHARES: shares } = process.env;
      const { bytes, durationMs } = await (values['recovery'] !== true
        ? proving('Password of that time: ', (secrets) => restore({ userName, secrets }))
        : restore(
            shares === undefined
              ? { code: code ?? (await askSecret('Recovery code: ', 'REDOUBT_RECOVERY_CODE')) }
              : { shares: shares.split('\n') },
          ));
      const text = `Restored ${snapshotId} to ${to}: ${bytes} bytes in ${durationMs} ms, every one checked. Its first opening is recorded as a restore.`;
      return { json: { snapshot: snapshotId, bytes, durationMs }, text };
    } catch (error) {
      throw asAppError(error);
    } finally {
      await host.stop();
    }
  },
};

type Proof = Pick<Parameters<Client['backup']['restore']>[0], 'userName' | 'secrets' | 'code' | 'shares'>;
type Events = Awaited<ReturnType<Client['backup']['restore']>>;

/** Tells every tenth of the way. Returns how it ended. */
async function follow(stream: Promise<Events>, progress: (line: string) => void): Promise<{ bytes: number; durationMs: number }> {
  let tenth = 0;
  for await (const event of await stream) {
    if (event.type === 'done') return event;
    const now = Math.floor((event.doneBytes / Math.max(1, event.totalBytes)) * 10);
    if (now > tenth) progress(`${now * 10} %`);
    tenth = Math.max(tenth, now);
  }
  throw new AppError('request/cancelled', 'The restore ended early. The same command goes on from there.');
}

/** @throws UsageError where the folder holds backups of several vaults */
function newest(folder: string): string {
  const sets = findSets(folder).map((set) => listSnapshots(set));
  if (sets.length > 1) throw new UsageError('This folder holds backups of several vaults. Name one with --snapshot.');
  const snapshot = sets.flat()[0];
  if (!snapshot) throw new AppError('backup/no-snapshot', 'There is no backup in this folder.');
  return snapshot.id;
}
