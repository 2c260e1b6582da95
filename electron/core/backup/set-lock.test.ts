import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { BackupSet } from './backup-set.ts';
import { lockSet } from './set-lock.ts';

/** A set whose lock a process of this machine left, `ago` seconds after it refreshed it last. */
function leftBy(pid: number, ago: number): BackupSet {
  const set = new BackupSet(temporaryFolder(), '00000000-0000-4000-8000-000000000000');
  const { lock } = set.paths;
  const release = lockSet(set);
  const text = readFileSync(lock, 'utf8');
  release();
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, JSON.stringify({ ...(JSON.parse(text) as object), pid, id: 'another' }));
  const at = Date.now() / 1000 - ago;
  utimesSync(lock, at, at);
  return set;
}

test('a lock that a killed process left is taken over, also where another process has its number now', () => {
  lockSet(leftBy(process.pid, 0))();
  lockSet(leftBy(process.ppid, 600))();
  expect(() => lockSet(leftBy(process.ppid, 0))).toThrow(expect.objectContaining({ code: 'backup/in-use' }));
});

test('a lock is not taken from whoever holds it in this process', () => {
  const set = new BackupSet(temporaryFolder(), '00000000-0000-4000-8000-000000000000');
  const release = lockSet(set);
  expect(() => lockSet(set)).toThrow(expect.objectContaining({ code: 'backup/in-use' }));
  release();
  lockSet(set)();
});
