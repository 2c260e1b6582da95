import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { renamePatiently, writeFileAtomic } from './atomic-file.ts';

/** Fails so often before it renames. */
function held(times: number, code: string) {
  const count = { tries: 0 };
  const rename = (from: string, to: string) => {
    count.tries += 1;
    if (count.tries <= times) throw Object.assign(new Error(code), { code });
    renameSync(from, to);
  };
  return { count, rename: rename as typeof renameSync };
}

function files() {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, 'vault.json.new'), join(folder, 'vault.json')];
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
  return { from, to };
}

test('on Windows a file that is held for a moment is replaced all the same', () => {
  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    const { from, to } = files();
    const { rename } = held(3, code);
    renamePatiently(from, to, rename, 'win32');
    expect(readFileSync(to, 'utf8'), code).toBe('new');
  }
});

test('what stays held is told in the end; elsewhere, and for any other reason, at once', () => {
  for (const [times, code, platform, tries] of [
    [Number.POSITIVE_INFINITY, 'EPERM', 'win32', 9],
    [Number.POSITIVE_INFINITY, 'ENOSPC', 'win32', 1],
    [Number.POSITIVE_INFINITY, 'EPERM', 'linux', 1],
  ] as const) {
    const { from, to } = files();
    const { count, rename } = held(times, code);
    expect(() => renamePatiently(from, to, rename, platform)).toThrow(code);
    expect({ tries: count.tries, content: readFileSync(to, 'utf8') }).toEqual({ tries, content: 'old' });
  }
});

test('where a file cannot be replaced, nothing half-written stays behind', () => {
  const folder = temporaryFolder();
  writeFileAtomic(join(folder, 'file'), 'old');
  expect(() => writeFileAtomic(join(folder, 'none', 'file'), 'new')).toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['file']);
});
