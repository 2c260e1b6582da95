import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';

test('the profile of the window goes with the window', async () => {
  // Any program that ends does; this one refuses the flags.
  const child = openBrowser(process.execPath, 'http://127.0.0.1:9/');
  const profile = child.spawnargs.find((argument) => argument.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length) ?? '';
  expect(existsSync(profile)).toBe(true);
  await once(child, 'exit');
  expect(existsSync(profile)).toBe(false);
});
