import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { newSoftToken, removeSoftToken, softhsmMissing } from '../core/testing/softhsm.ts';
import { cheapVault, redoubt as run } from './cli.fixture.ts';

const REDOUBT_PASSWORD = 'correct horse battery staple';
const redoubt = (folder: string, args: readonly string[], env: Record<string, string>) => run([...args, '--vault', folder], env);

test('a recovery code is made and used from the command line', { timeout: 240_000 }, async () => {
  const folder = join(temporaryFolder(), 'vault');
  await cheapVault(folder, REDOUBT_PASSWORD);
  const typed = await redoubt(folder, ['vault', 'slots', 'add-recovery'], { REDOUBT_PASSWORD });
  expect(typed).toMatchObject({ status: 1, json: { error: { code: 'cli/not-typed-back' } } });
  const made = await redoubt(folder, ['vault', 'slots', 'add-recovery', '--not-typed-back'], { REDOUBT_PASSWORD });
  expect(made).toMatchObject({ status: 0, json: { slots: [{ kind: 'password' }, { kind: 'recovery' }] } });
  const { code } = made.json as { code: string };
  const recovered = await redoubt(folder, ['vault', 'recover'], { REDOUBT_PASSWORD: 'a new pass phrase', REDOUBT_RECOVERY_CODE: code });
  expect(recovered).toMatchObject({ status: 0, json: { user: 'admin' } });
  expect(await redoubt(folder, ['vault', 'slots'], { REDOUBT_PASSWORD })).toMatchObject({
    status: 1,
    json: { error: { code: 'vault/wrong-password' } },
  });
  expect(await redoubt(folder, ['vault', 'check'], { REDOUBT_PASSWORD: 'a new pass phrase' })).toMatchObject({
    status: 0,
    json: { ok: true, slots: { count: 2, sealed: true } },
  });
});

test.skipIf(softhsmMissing())('a token opens the vault from the command line with its PIN alone', { timeout: 240_000 }, async () => {
  const soft = newSoftToken();
  const folder = join(temporaryFolder(), 'vault');
  await cheapVault(folder, REDOUBT_PASSWORD);
  const added = await redoubt(folder, ['vault', 'slots', 'add-token'], { REDOUBT_PASSWORD, REDOUBT_PIN: soft.pin });
  expect(added).toMatchObject({ status: 0, json: [{ kind: 'password' }, { kind: 'token', factors: ['token'] }] });
  expect(await redoubt(folder, ['vault', 'slots'], { REDOUBT_PIN: soft.pin })).toMatchObject({ status: 0 });
  removeSoftToken(soft);
  expect(await redoubt(folder, ['vault', 'slots'], { REDOUBT_PIN: soft.pin })).toMatchObject({
    status: 1,
    json: { error: { code: 'vault/token-missing' } },
  });
});
