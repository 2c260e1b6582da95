import { resolve } from 'node:path';
import { findSets } from '../../core/backup/backup-set.ts';
import { listSnapshots } from '../../core/backup/backup-tasks.ts';
import type { BackupState, Snapshot } from '../../core/contract/backup.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import type { Client } from '../../local/client.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from '../command.ts';

const mebibyte = 1024 * 1024;
const sizeOf = (bytes: number) => `${(bytes / mebibyte).toFixed(1)} MiB`;
const timeOf = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** The absolute folder an option names, or null. */
function folderOf({ values }: CommandContext, option: string): string | null {
  const given = values[option];
  return typeof given === 'string' ? resolve(given) : null;
}

/** Waits for the task that was just begun, telling how far it is; Ctrl+C cancels it. Returns the state after it. */
async function finished(client: Client, { signal, progress }: CommandContext): Promise<BackupState> {
  const cancel = () => void client.backup.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  let stage = '';
  try {
    for await (const state of await client.backup.watch()) {
      const { activity } = state;
      if (!activity) return state;
      if (activity.stage !== stage) progress(`${activity.stage}: ${sizeOf(activity.totalBytes)}`);
      ({ stage } = activity);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  throw new AppError('vault/closing', 'The vault was locked meanwhile. The next backup goes on from there.');
}

export const backupCreate: Command = {
  area: 'backup',
  verb: 'create',
  usage: '[--to DIR] [--full] [--vault DIR]',
  summary: 'Back up a vault, to the folder of its settings or another one; only what is new unless --full.',
  options: { to: { type: 'string' }, full: { type: 'boolean' } },
  positionals: [0, 0],
  async run(context) {
    return context.withVault(async ({ client }) => {
      await client.backup.run({ folder: folderOf(context, 'to'), full: context.values['full'] === true });
      const { last } = await finished(client, context);
      if (!last?.snapshotId) throw failed(last?.error ?? null);
      const snapshot = await find(client, folderOf(context, 'to'), last.snapshotId);
      const text = `Backed up ${sizeOf(snapshot.bytes)} as ${snapshot.id} (${snapshot.kind}), ${sizeOf(snapshot.addedBytes)} of it new, in ${snapshot.durationMs} ms.`;
      return { json: snapshot, text };
    });
  },
};

export const backupList: Command = {
  area: 'backup',
  verb: 'list',
  usage: '--from DIR',
  summary: 'List the backups in a folder, newest first; needs no vault and no password.',
  options: { from: { type: 'string' } },
  positionals: [0, 0],
  run(context) {
    const snapshots = findSets(required(context, 'from')).flatMap((set) => listSnapshots(set));
    const lines = snapshots.map(({ id, vaultId, createdAt, kind, bytes, blobCount, problem }) =>
      [
        id,
        timeOf(createdAt),
        kind.padEnd(11),
        sizeOf(bytes).padStart(12),
        `${blobCount} files`,
        `vault ${vaultId}`,
        problem?.message ?? '',
      ].join('  '),
    );
    return Promise.resolve({ json: { snapshots }, text: lines.length > 0 ? lines.join('\n') : 'There are no backups in this folder.' });
  },
};

export const backupVerify: Command = {
  area: 'backup',
  verb: 'verify',
  usage: '[--from DIR] [--snapshot ID] [--vault DIR]',
  summary: 'Read backups from end to end and compare every byte with what was stored. Exit 1 if one is damaged.',
  options: { from: { type: 'string' }, snapshot: { type: 'string' } },
  positionals: [0, 0],
  async run(context) {
    const folder = folderOf(context, 'from');
    const wanted = context.values['snapshot'];
    return context.withVault(async ({ client }): Promise<CommandResult> => {
      const { vaultId } = await client.vault.status();
      const listed = await client.backup.snapshots({ folder });
      const chosen = listed.filter((each) => each.vaultId === vaultId && (wanted === undefined || each.id === wanted));
      if (chosen.length === 0) throw new AppError('backup/no-snapshot', 'There is no such backup of this vault in the folder.');
      const snapshots: Snapshot[] = [];
      for (const { id } of chosen) {
        await client.backup.verify({ snapshotId: id, folder });
        const { failure } = await finished(client, context);
        if (failure) throw failed(failure.error);
        snapshots.push(await find(client, folder, id));
      }
      const bad = snapshots.filter(({ problem }) => problem !== null);
      const lines = snapshots.map(({ id, problem }) => `${problem ? 'DAMAGED' : 'ok     '} ${id}${problem ? `: ${problem.message}` : ''}`);
      return { json: { ok: bad.length === 0, snapshots }, text: lines.join('\n'), exit: bad.length === 0 ? 0 : 1 };
    });
  },
};

export const backupDrill: Command = {
  area: 'backup',
  verb: 'drill',
  usage: '[--from DIR] [--snapshot ID] [--vault DIR]',
  summary: 'Restore a backup on trial, open it, compare rows and files, remove it, and say how long a recovery takes. Exit 1 if it fails.',
  options: { from: { type: 'string' }, snapshot: { type: 'string' } },
  positionals: [0, 0],
  async run(context) {
    const { values } = context;
    return context.withVault(async ({ client }): Promise<CommandResult> => {
      const snapshotId = typeof values['snapshot'] === 'string' ? values['snapshot'] : null;
      await client.backup.drill({ snapshotId, folder: folderOf(context, 'from') });
      const { failure, lastDrill } = await finished(client, context);
      if (failure || !lastDrill) throw failed(failure?.error ?? null);
      const { ok, rows, tables, blobs, bytes, recoveryMs, bytesPerSecond, problems } = lastDrill;
      const text = ok
        ? `The backup opens and matches: ${rows} rows in ${tables} tables, ${blobs} files. A recovery of ${sizeOf(bytes)} takes ${recoveryMs} ms (${sizeOf(bytesPerSecond)}/s).`
        : `The backup does NOT hold: ${problems.join(', ')}. Make a new one, and keep this one as it is.`;
      return { json: lastDrill, text, exit: ok ? 0 : 1 };
    });
  },
};

export function failed(error: { code: string; message: string } | null): AppError {
  return new AppError((error?.code ?? 'internal/bug') as ErrorCode, error?.message ?? 'The task ended without a result.');
}

/** @throws UsageError where the option is missing */
export function required(context: CommandContext, option: string): string {
  const folder = folderOf(context, option);
  if (folder === null) throw new UsageError(`Name a folder with --${option}.`);
  return folder;
}

async function find(client: Client, folder: string | null, id: string): Promise<Snapshot> {
  const found = (await client.backup.snapshots({ folder })).find((each) => each.id === id);
  if (!found) throw new AppError('backup/no-snapshot', 'This backup is not in the folder any more.');
  return found;
}
