import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findElectronBinary } from './electron-binary.ts';

const root = mkdtempSync(join(tmpdir(), 'electron-'));
const put = (...parts: string[]) => {
  const path = join(root, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
};

test('finds the program where its owner says it is, else where its package unpacked it, and nothing elsewhere', () => {
  expect(findElectronBinary(root, {}, 'linux')).toBeNull();
  const unpacked = put('node_modules', 'electron', 'dist', 'electron');
  const elsewhere = put('elsewhere', 'Electron.app', 'Contents', 'MacOS', 'Electron');
  const override = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') };
  expect(findElectronBinary(root, {}, 'linux')).toBe(unpacked);
  expect(findElectronBinary(root, override, 'darwin')).toBe(elsewhere);
  expect(findElectronBinary(root, override, 'linux')).toBeNull();
  expect(findElectronBinary(root, {}, 'aix')).toBeNull();
});
