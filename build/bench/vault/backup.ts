import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BackupSet } from '../../../electron/core/backup/backup-set.ts';
import { Control } from '../../../electron/core/backup/control.ts';
import { createSnapshot } from '../../../electron/core/backup/create-snapshot.ts';
import { drillSnapshot } from '../../../electron/core/backup/drill.ts';
import { proveSnapshot } from '../../../electron/core/backup/prove-snapshot.ts';
import { restoreSnapshot } from '../../../electron/core/backup/restore-snapshot.ts';
import { verifySnapshot } from '../../../electron/core/backup/verify-set.ts';
import { vaultPaths } from '../../../electron/core/vault/vault-file.ts';
import { statistics } from '../statistics.ts';
import { filledVault } from './filled-vault.ts';

const megabyte = 1024 * 1024;
const runs = 5;
/** A vault of half a gigabyte in files of 1 MB, and 32 MB of rows. */
const files = 512;
const rows = 16_000;

/**
 * Full and incremental backups of a real vault to another folder of the same disk, everything synced, and restores of
 * it. For an incremental one, one in a hundred files is new and one in a hundred rows, all over the table, was changed.
 * `longestPauseMs` is how long nothing else was answered at a stretch.
 */
export async function backupFigures(root: string): Promise<Record<string, unknown>> {
  const opened = await filledVault(join(root, 'vault'), files, rows);
  const freely = () => new Control('backup', new AbortController().signal);
  const full: number[] = [];
  const incremental: number[] = [];
  const restore: number[] = [];
  const proof: number[] = [];
  const pauses: number[] = [];
  let set = new BackupSet(join(root, 'backups-0'), opened.file.vaultId);
  let bytes = 0;
  for (let run = 0; run < runs; run += 1) {
    set = new BackupSet(join(root, `backups-${run}`), opened.file.vaultId);
    const { result: header, seconds, pauseMs } = await timed(() => createSnapshot(opened.source, set, false, freely()));
    full.push(seconds);
    pauses.push(pauseMs);
    ({ bytes } = header);
    if (run > 0) rmSync(join(root, `backups-${run - 1}`), { recursive: true });
  }
  for (let run = 0; run < runs; run += 1) {
    opened.changeOnePercent();
    const { result: header, seconds, pauseMs } = await timed(() => createSnapshot(opened.source, set, false, freely()));
    incremental.push(seconds);
    pauses.push(pauseMs);
    proof.push((await timed(() => proveSnapshot(set, header, opened.source, join(root, 'proof'), freely()))).seconds);
  }
  const newest = set.list()[0]?.id ?? '';
  for (let run = 0; run < runs; run += 1) {
    const folder = join(root, `restored-${run}`);
    restore.push(bytes / megabyte / (await timed(() => restoreSnapshot(set, newest, folder, opened.ring, freely()))).seconds);
    rmSync(folder, { recursive: true });
  }
  const key = { kind: 'set' as const, key: opened.source.setKey };
  const verify = await timed(() => verifySnapshot(set, newest, key, freely()));
  const drill = await timed(() => drillSnapshot(set, newest, join(root, 'vault'), opened.ring, freely()));
  const databaseBytes = statSync(vaultPaths(join(root, 'vault')).database).size;
  opened.close();
  const ratio = statistics(incremental).median / statistics(full).median;
  return {
    vaultMB: Math.round(bytes / megabyte),
    databaseMB: Math.round(databaseBytes / megabyte),
    fullSeconds: statistics(full),
    incrementalSeconds: statistics(incremental),
    incrementalShareOfFull: Math.round(ratio * 1000) / 1000,
    proofSeconds: statistics(proof),
    restoreMBPerSecond: statistics(restore),
    verifyMBPerSecond: Math.round(bytes / megabyte / verify.seconds),
    drill: { ok: drill.result.ok, seconds: drill.seconds, recoveryMs: drill.result.recoveryMs },
    longestPauseMs: statistics(pauses),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; pauseMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  return { result, seconds: Math.round(seconds * 1000) / 1000, pauseMs: delay.max / 1e6 };
}
