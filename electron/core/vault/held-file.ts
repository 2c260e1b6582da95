import { closeSync, fstatSync, openSync, statSync } from 'node:fs';

const handles = new Map<string, number>();

/**
 * A handle to read the database file with, which stays open until `releaseFile`. On POSIX systems closing any handle of a
 * file drops every lock that the process has on it, SQLite's too: a second process could then open the vault. So nobody
 * in core opens and closes that file while the database is open. A file that was replaced is opened anew.
 */
export function heldHandle(file: string): number {
  const known = handles.get(file);
  if (known !== undefined) {
    const [now, then] = [statSync(file), fstatSync(known)];
    if (now.ino === then.ino && now.dev === then.dev) return known;
    releaseFile(file);
  }
  const handle = openSync(file, 'r');
  handles.set(file, handle);
  return handle;
}

/** Only while the database is closed. */
export function releaseFile(file: string): void {
  const handle = handles.get(file);
  handles.delete(file);
  if (handle !== undefined) closeSync(handle);
}
