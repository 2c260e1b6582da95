import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('no way to the network is left, whichever way it was imported', () => {
  const probe = fileURLToPath(new URL('testing/network-probe.ts', import.meta.url));
  expect(JSON.parse(execFileSync(process.execPath, ['--no-warnings', probe], { encoding: 'utf8', timeout: 60_000 }))).toEqual([]);
});
