import { parentPort, workerData } from 'node:worker_threads';
import { openStillFile } from '../../vault/database.ts';
import { SegmentCheck, type PrunedLeaves } from './segment-check.ts';

/** A worker thread that reads the database file through a connection of its own and checks segments of the log, until none is left. */
export type ReadTask = {
  readonly file: string;
  /** 32 bytes in shared memory of this thread's own, wiped as soon as the file is open. */
  readonly key: SharedArrayBuffer;
  /** Of the head that the file must hold. */
  readonly size: number;
  readonly count: number;
  /** The number of the next segment that nobody has taken; from `count` on, all threads end. */
  readonly next: SharedArrayBuffer;
  /** Takes the root of each segment. */
  readonly roots: SharedArrayBuffer;
};
/** `checked`: segments whose root this thread wrote down; fewer than it took where one does not fit. */
export type ReadResult = {
  readonly checked: number;
  readonly pruned: readonly (readonly [index: number, leaves: readonly PrunedLeaves[]])[];
};

function read({ file, key, size, count, next, roots }: ReadTask): ReadResult {
  const keyBytes = new Uint8Array(key);
  const taken = new Int32Array(next);
  const out = new Uint8Array(roots);
  const pruned: [number, readonly PrunedLeaves[]][] = [];
  let checked = 0;
  let db;
  try {
    db = openStillFile(file, keyBytes);
  } finally {
    keyBytes.fill(0);
  }
  try {
    if (db.prepare('SELECT size FROM audit_head WHERE id = 1').pluck().get() !== size) return { checked, pruned };
    const segments = new SegmentCheck(db);
    for (;;) {
      const index = Atomics.add(taken, 0, 1);
      if (index >= count) return { checked, pruned };
      const found = segments.rootOf(index);
      if (!found) return { checked, pruned };
      out.set(found.root, index * found.root.length);
      if (found.pruned.length > 0) pruned.push([index, found.pruned]);
      checked += 1;
    }
  } finally {
    db.close();
  }
}

try {
  parentPort?.postMessage(read(workerData as ReadTask));
} finally {
  // Whatever ended this thread: the others need not go on for nothing.
  const { next, count } = workerData as ReadTask;
  Atomics.store(new Int32Array(next), 0, count);
}
