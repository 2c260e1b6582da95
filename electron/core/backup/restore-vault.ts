import { readFileSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { Topic } from '../ipc/topic.ts';
import type { Secrets } from '../contract/vault.ts';
import { wipeRing, type KeyRing } from '../vault/key-ring.ts';
import { openPersonSlot, type Devices } from '../vault/slots/person-slot.ts';
import { openSharedSlot } from '../vault/slots/shared-slot.ts';
import { vaultFile } from '../vault/vault-file.ts';
import { findSets, type BackupSet } from './backup-set.ts';
import { Control } from './control.ts';
import { refuseOverVault, restoreSnapshot } from './restore-snapshot.ts';
import { damaged } from './sealed-manifest.ts';

export type RestoreRequest = {
  readonly folder: string;
  readonly snapshotId: string;
  readonly userName?: string | undefined;
  readonly secrets?: Secrets | undefined;
  readonly code?: string | undefined;
  readonly shares?: readonly string[] | undefined;
};
export type RestoreEvent =
  | { readonly type: 'progress'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly type: 'done'; readonly bytes: number; readonly durationMs: number };

/**
 * Restores with what a person of that time proves, and tells how far it is. `alone` keeps other openings away meanwhile.
 * Leaving the generator stops it; what was copied stays, and the same restore goes on from there.
 */
export async function* restoreVault(
  request: RestoreRequest,
  vaultFolder: string,
  devices: Devices,
  alone: <T>(work: () => Promise<T>) => Promise<T>,
  signal?: AbortSignal,
): AsyncGenerator<RestoreEvent> {
  const left = new AbortController();
  const ends = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const changed = new Topic<void>(1);
  const ticks = changed.subscribe(ends);
  const control = new Control('backup', ends, () => changed.publish());
  const work = alone(() => restore(request, vaultFolder, devices, control));
  const finished = work.then(
    () => null,
    () => null,
  );
  try {
    for (;;) {
      const tick = await Promise.race([ticks.next(), finished]);
      if (tick === null || tick.done) break;
      const { doneBytes, totalBytes } = control.activity;
      yield { type: 'progress', doneBytes, totalBytes };
    }
    yield { type: 'done', ...(await work) };
  } finally {
    left.abort();
    await finished;
  }
}

async function restore(
  request: RestoreRequest,
  vaultFolder: string,
  devices: Devices,
  control: Control,
): Promise<{ bytes: number; durationMs: number }> {
  // Before a password is tried: the backups of the vault that is here hold the same slots, and no lock-out counts here.
  refuseOverVault(vaultFolder);
  const set = findSets(request.folder).find((each) => each.list().some(({ id }) => id === request.snapshotId));
  if (!set) throw new AppError('backup/no-snapshot', 'This backup is not in the folder (any more). Nothing was changed. Choose another.');
  const ring = await openedWith(set, request, devices);
  try {
    const { header, durationMs } = await restoreSnapshot(set, request.snapshotId, vaultFolder, ring, control);
    return { bytes: header.bytes, durationMs };
  } finally {
    wipeRing(ring);
  }
}

/** The vault key of that time. The vault file is not authenticated before: a changed one opens nothing. */
async function openedWith(
  set: BackupSet,
  { snapshotId, userName, secrets, code, shares }: RestoreRequest,
  devices: Devices,
): Promise<KeyRing> {
  let text: string;
  try {
    text = readFileSync(set.snapshot(snapshotId).vaultFile, 'utf8');
  } catch (error) {
    throw damaged('vault.json', error);
  }
  const parsed = vaultFile.safeParse(jsonOf(text));
  if (!parsed.success || parsed.data.vaultId !== set.vaultId) throw damaged('vault.json', parsed.error);
  if (code !== undefined) return (await openSharedSlot(parsed.data, { code })).ring;
  if (shares !== undefined) return (await openSharedSlot(parsed.data, { shares })).ring;
  return openPersonSlot(parsed.data, userName ?? '', secrets ?? {}, devices);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
