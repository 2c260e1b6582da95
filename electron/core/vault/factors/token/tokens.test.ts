import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newSoftToken, softhsmMissing } from '../../../testing/softhsm.ts';
import { enrolToken, newTokenFactor, openTokenFactor } from './token-factor.ts';
import { Tokens } from './tokens.ts';

async function enrolled() {
  const soft = newSoftToken();
  onTestFinished(() => rmSync(soft.folder, { recursive: true, force: true }));
  const tokens = new Tokens([soft.module]);
  const [found] = await tokens.list();
  if (!found) throw new Error('no token');
  const key = await enrolToken(tokens, found.serial, soft.pin);
  return { soft, tokens, found, key };
}

const skip = softhsmMissing();

test.skipIf(skip)('a key is made in the token; the same one is used the next time', async () => {
  const { soft, tokens, found, key } = await enrolled();
  expect(found).toMatchObject({ label: "Ada's card", manufacturer: 'SoftHSM project' });
  const { factor, secret } = newTokenFactor(key);
  expect(await openTokenFactor(tokens, factor, soft.pin)).toEqual(secret);
  expect(await enrolToken(tokens, found.serial, soft.pin)).toEqual(key);
});

test.skipIf(skip)('a wrong PIN, an absent token and a token without the key each say so', async () => {
  const { soft, tokens, key } = await enrolled();
  const { factor } = newTokenFactor(key);
  await expect(openTokenFactor(tokens, factor, '000000')).rejects.toMatchObject({ code: 'vault/wrong-pin' });
  await expect(openTokenFactor(tokens, { ...factor, serial: 'other' }, soft.pin)).rejects.toMatchObject({ code: 'vault/token-missing' });
  const folder = join(soft.folder, 'tokens');
  const [token = ''] = readdirSync(folder);
  renameSync(join(folder, token), join(soft.folder, 'aside'));
  await expect(openTokenFactor(tokens, factor, soft.pin)).rejects.toMatchObject({ code: 'vault/token-missing' });
  renameSync(join(soft.folder, 'aside'), join(folder, token));
  for (const file of readdirSync(join(folder, token)).filter((name) => name.endsWith('.object') && name !== 'token.object'))
    rmSync(join(folder, token, file));
  await expect(openTokenFactor(tokens, factor, soft.pin)).rejects.toMatchObject({ code: 'vault/token-key-missing' });
});

test.skipIf(skip)('what is no PKCS#11 library is passed over', async () => {
  const { soft } = await enrolled();
  expect(await new Tokens(['/no/such/library.so', process.execPath]).list()).toEqual([]);
  expect(await new Tokens(['/no/such/library.so', soft.module]).list()).toHaveLength(1);
});
