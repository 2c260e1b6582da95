import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { releaseFile } from '../held-file.ts';
import { newestEpoch, type KeyRing } from '../key-ring.ts';
import { PageMacs } from '../page-macs.ts';
import { subKey } from '../sub-keys.ts';

/** Begins a rollback journal that is to be played back. */
const journalMagic = Buffer.from('d9d505f920a163d7', 'hex');
/** The first page can be torn by a crash (the write-ahead log then holds it whole); that many cannot be. */
const tried = 64;

/**
 * The epoch whose key the database file is under, without asking SQLite: with a wrong key, that could play back a
 * journal or a write-ahead log into nonsense. While the vault key is replaced, a journal that is still there means that
 * the old key's pages come back; otherwise the first page whose MAC fits tells. The database must be closed.
 */
export function databaseEpoch(file: string, vaultId: string, ring: KeyRing): number {
  if (ring.keys.size === 1 || hasHotJournal(file)) return ring.current;
  for (const epoch of [newestEpoch(ring), ring.current]) if (fits(file, vaultId, ring, epoch)) return epoch;
  return ring.current;
}

/** True where a killed change of the whole file left the pages from before behind. */
function hasHotJournal(database: string): boolean {
  const file = `${database}-journal`;
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < journalMagic.length) return false;
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(journalMagic.length);
    readSync(handle, start, 0, start.length, 0);
    return start.equals(journalMagic);
  } finally {
    closeSync(handle);
  }
}

function fits(file: string, vaultId: string, ring: KeyRing, epoch: number): boolean {
  const vaultKey = ring.keys.get(epoch);
  if (!vaultKey || !statSync(file, { throwIfNoEntry: false })?.size) return false;
  const databaseKey = subKey(vaultKey, vaultId, 'database');
  const pages = new PageMacs(file, databaseKey);
  try {
    return pages.isOurs(tried);
  } finally {
    databaseKey.fill(0);
    pages.wipe();
    releaseFile(file);
  }
}
