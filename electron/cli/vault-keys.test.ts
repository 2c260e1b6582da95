import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Json } from '../core/contract/base.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { newSoftToken, removeSoftToken, softhsmMissing } from '../core/testing/softhsm.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));
const REDOUBT_PASSWORD = 'correct horse battery staple';

/** Runs the real command as a process of its own, on the vault in `folder`. */
function redoubt(folder: string, args: readonly string[], env: Record<string, string>): { status: number | null; json: Json } {
  const { status, stdout } = spawnSync(process.execPath, [entry, ...args, '--vault', folder, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, json: JSON.parse(stdout || 'null') as Json };
}

test('a recovery code is made and used from the command line', { timeout: 240_000 }, () => {
  const folder = join(temporaryFolder(), 'vault');
  expect(redoubt(folder, ['vault', 'create'], { REDOUBT_PASSWORD })).toMatchObject({ status: 0 });
  const typed = redoubt(folder, ['vault', 'slots', 'add-recovery'], { REDOUBT_PASSWORD });
  expect(typed).toMatchObject({ status: 1, json: { error: { code: 'cli/not-typed-back' } } });
  const made = redoubt(folder, ['vault', 'slots', 'add-recovery', '--not-typed-back'], { REDOUBT_PASSWORD });
  expect(made).toMatchObject({ status: 0, json: { slots: [{ kind: 'password' }, { kind: 'recovery' }] } });
  const { code } = made.json as { code: string };
  const recovered = redoubt(folder, ['vault', 'recover'], { REDOUBT_PASSWORD: 'a new pass phrase', REDOUBT_RECOVERY_CODE: code });
  expect(recovered).toMatchObject({ status: 0, json: { user: 'admin' } });
  expect(redoubt(folder, ['vault', 'slots'], { REDOUBT_PASSWORD })).toMatchObject({
    status: 1,
    json: { error: { code: 'vault/wrong-password' } },
  });
  expect(redoubt(folder, ['vault', 'check'], { REDOUBT_PASSWORD: 'a new pass phrase' })).toMatchObject({
    status: 0,
    json: { ok: true, slots: { count: 2, sealed: true } },
  });
});

test.skipIf(softhsmMissing())('a token opens the vault from the command line with its PIN alone', { timeout: 240_000 }, () => {
  const soft = newSoftToken();
  const folder = join(temporaryFolder(), 'vault');
  expect(redoubt(folder, ['vault', 'create'], { REDOUBT_PASSWORD })).toMatchObject({ status: 0 });
  const added = redoubt(folder, ['vault', 'slots', 'add-token'], { REDOUBT_PASSWORD, REDOUBT_PIN: soft.pin });
  expect(added).toMatchObject({ status: 0, json: [{ kind: 'password' }, { kind: 'token', factors: ['token'] }] });
  expect(redoubt(folder, ['vault', 'slots'], { REDOUBT_PIN: soft.pin })).toMatchObject({ status: 0 });
  removeSoftToken(soft);
  expect(redoubt(folder, ['vault', 'slots'], { REDOUBT_PIN: soft.pin })).toMatchObject({
    status: 1,
    json: { error: { code: 'vault/token-missing' } },
  });
});
