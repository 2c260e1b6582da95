import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { stillAsNow } from '../../vault/still-file.ts';
import { subKey } from '../../vault/sub-keys.ts';
import type { LogStorage } from '../log-keys.ts';
import type { ReadResult, ReadTask } from './read-thread.ts';
import type { SegmentRoot } from './segment-check.ts';

const hashBytes = 32;
const mostThreads = 4;

/**
 * Checks the first `count` segments of the log, whose head counts `size` leaves, in threads that read the database file
 * through connections of their own; core only waits. The file is held still meanwhile, so that all see the log as it is
 * at the call. Null where anything does not fit or the file cannot be read that way just now: whoever asks then looks
 * for itself. `signal` ends all threads; none is left when this settles, and none keeps the key.
 */
export async function readInThreads(storage: LogStorage, size: number, count: number, signal?: AbortSignal): Promise<SegmentRoot[] | null> {
  signal?.throwIfAborted();
  const script = threadScript();
  const vaultKey = storage.ring.keys.get(storage.databaseEpoch ?? Number.NaN);
  const changeAgain = script !== null && vaultKey ? stillAsNow(storage.db) : null;
  if (!script || !vaultKey || !changeAgain) return null;
  const key = subKey(vaultKey, storage.vaultId, 'database');
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const roots = new SharedArrayBuffer(count * hashBytes);
  const stop = () => Atomics.store(new Int32Array(next), 0, count);
  signal?.addEventListener('abort', stop);
  try {
    const threads = Math.min(mostThreads, Math.max(1, availableParallelism()));
    const results = await Promise.all(
      Array.from({ length: threads }, () => resultOf(script, { file: storage.db.name, size, count, next, roots }, key)),
    );
    signal?.throwIfAborted();
    return joined(results, new Uint8Array(roots), count);
  } finally {
    key.fill(0);
    signal?.removeEventListener('abort', stop);
    changeAgain();
  }
}

/** What a thread found once it has ended; null where it failed. */
function resultOf(script: string, task: Omit<ReadTask, 'key'>, key: Uint8Array): Promise<ReadResult | null> {
  const own = new Uint8Array(new SharedArrayBuffer(key.length));
  own.set(key);
  return new Promise((resolve) => {
    let result: ReadResult | null = null;
    const end = () => {
      own.fill(0);
      resolve(result);
    };
    try {
      const worker = new Worker(script, { workerData: { ...task, key: own.buffer } satisfies ReadTask });
      worker.on('message', (found: ReadResult) => (result = found));
      // It could not start or read: that says nothing about the log.
      worker.on('error', () => undefined);
      worker.on('exit', end);
    } catch {
      // The others go on, and are waited for.
      end();
    }
  });
}

function joined(results: readonly (ReadResult | null)[], roots: Uint8Array, count: number): SegmentRoot[] | null {
  const found = results.filter((result) => result !== null);
  if (found.reduce((sum, { checked }) => sum + checked, 0) !== count) return null;
  const pruned = new Map(found.flatMap((result) => result.pruned));
  return Array.from({ length: count }, (_, index) => ({
    root: Buffer.from(roots.subarray(index * hashBytes, (index + 1) * hashBytes)),
    pruned: pruned.get(index) ?? [],
  }));
}

/** Beside this module in a checkout; once bundled, among the processes. */
function threadScript(): string | null {
  const file = fileURLToPath(import.meta.url);
  const [folder, name] = [path.dirname(file), `read-thread${path.extname(file)}`];
  return [path.join(folder, name), path.join(folder, '..', 'processes', name)].find((each) => existsSync(each)) ?? null;
}
