import { createHash, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError } from '../errors.ts';
import type { BackupSet } from './backup-set.ts';

const refreshMs = 15_000;
/** A lock that nobody has refreshed for so long is left over, whoever made it. */
const staleMs = 120_000;

type Holder = { readonly machine: string; readonly pid: number; readonly id: string };

/** Ids of the locks of this process. */
const held = new Set<string>();

/**
 * One writer at a time, also across machines that share the folder. A lock whose process is gone is taken over at once,
 * so that a killed backup can be taken up again. Returns what releases it.
 * @throws AppError `backup/in-use`
 */
export function lockSet(set: BackupSet): () => void {
  mkdirSync(set.folder, { recursive: true, mode: 0o700 });
  const { lock } = set.paths;
  const own: Holder = { machine: thisMachine(), pid: process.pid, id: randomUUID() };
  if (!tryCreate(lock, own)) {
    if (!isLeftOver(lock))
      throw new AppError(
        'backup/in-use',
        'Another Redoubt is writing to this backup folder. Nothing was changed. Try again when it has finished.',
      );
    rmSync(lock, { force: true });
    if (!tryCreate(lock, own))
      throw new AppError('backup/in-use', 'Another Redoubt has just begun to write to this backup folder. Try again later.');
  }
  held.add(own.id);
  const timer = setInterval(() => refresh(lock), refreshMs).unref();
  return () => {
    clearInterval(timer);
    held.delete(own.id);
    if (holder(lock)?.id === own.id) rmSync(lock, { force: true });
  };
}

/** The name of a machine is nobody's business who finds the disk. */
const thisMachine = () => createHash('sha256').update(`redoubt ${hostname()}`).digest('hex').slice(0, 16);

function tryCreate(lock: string, own: Holder): boolean {
  try {
    const handle = openSync(lock, 'wx', 0o600);
    writeSync(handle, JSON.stringify(own));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holder(lock: string): Holder | null {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isLeftOver(lock: string): boolean {
  const found = holder(lock);
  const modified = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (modified === undefined) return true;
  // After a restart of the machine, or in a container, another process has the number of the one that was killed: maybe this one.
  if (found?.machine === thisMachine() && found.pid === process.pid) return !held.has(found.id);
  if (found?.machine === thisMachine() && !isAlive(found.pid)) return true;
  return Math.abs(Date.now() - modified) > staleMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refresh(lock: string): void {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // The disk may be gone; the copying itself finds that out.
  }
}
