import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { renamePatiently, syncFolder } from '../atomic-file.ts';
import type { WritableDb } from '../database.ts';

/** How many copies stay: those of the newest schemas. */
const kept = 2;
const copyName = /^schema-(\d+)\.db$/;

/**
 * Lays a copy of the database as it is under schema `version`, under the same key, into `folder`; durable when it
 * returns. Older copies but one are removed.
 */
export function copyBefore(db: WritableDb, folder: string, version: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `schema-${version}.db`);
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    const handle = openSync(unfinished, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renamePatiently(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(folder);
  for (const old of copiesIn(folder).slice(kept)) rmSync(join(folder, old));
}

/** Names of the copies in `folder`, that of the newest schema first. */
export function copiesIn(folder: string): string[] {
  const versionOf = (name: string) => Number(copyName.exec(name)?.[1] ?? 0);
  return readdirSync(folder)
    .filter((name) => copyName.test(name))
    .sort((a, b) => versionOf(b) - versionOf(a));
}
