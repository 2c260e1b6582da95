import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { SourceFiles } from './source-files.ts';
import { Uploads } from './uploads.ts';

test('a path that names no readable file is refused by name, never as a bug', () => {
  const folder = temporaryFolder();
  symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
  const files = new SourceFiles(new Uploads(), 'client-1', true);
  const code = (path: string) => {
    try {
      files.read({ kind: 'path', path }, 1000);
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  expect(['nothing', 'loop', 'x'.repeat(300), 'nul\0byte', ''].map((name) => code(join(folder, name)))).toEqual([
    'files/not-found',
    'files/unreadable',
    'files/unreadable',
    'files/unreadable',
    'files/not-found',
  ]);
  expect(code('relative.txt')).toBe('files/not-found');
});
