import { expect, test } from 'vitest';
import { newSoftToken, removeSoftToken, softhsmMissing } from '../../testing/softhsm.ts';
import { currentKey } from '../key-ring.ts';
import { password, vaultWithKeys } from './keys.fixture.ts';

async function withToken() {
  const soft = newSoftToken();
  const made = await vaultWithKeys({ modules: [soft.module] });
  const { tokens, available } = await made.keys.tokens();
  expect(available).toBe(true);
  return { ...made, soft, serial: tokens[0]?.serial ?? '' };
}

const skip = softhsmMissing();

test.skipIf(skip)('the vault opens with token and PIN alone; with the token gone it does not', async () => {
  const { vault, storage, ada, keys, act, soft, serial } = await withToken();
  const wanted = { serial, pin: soft.pin };
  await expect(keys.addToken(act('keys.add-token'), ada, { ...wanted, proof: { password: 'wrong' } })).rejects.toMatchObject({
    code: 'vault/wrong-password',
  });
  expect(await keys.addToken(act('keys.add-token'), ada, { ...wanted, proof: { password } })).toMatchObject([
    { kind: 'password' },
    { kind: 'token', person: { userName: 'ada' }, factors: ['token'], label: soft.label },
  ]);
  const key = Buffer.from(currentKey(storage.ring));
  storage.close();
  const { storage: opened } = await vault.open('Ada', { token: { pin: soft.pin } });
  expect(currentKey(opened.ring)).toEqual(key);
  opened.close();

  await expect(vault.open('ada', { token: { pin: '999999' } })).rejects.toMatchObject({ code: 'vault/wrong-pin' });
  removeSoftToken(soft);
  await expect(vault.open('ada', { token: { pin: soft.pin } })).rejects.toMatchObject({ code: 'vault/token-missing' });
  const again = await vault.open('ada', { password });
  again.storage.close();
});

test.skipIf(skip)('as second factor the token is asked for besides the password', async () => {
  const { vault, ada, keys, act, soft, serial } = await withToken();
  const wanted = { kind: 'token' as const, pin: soft.pin, serial };
  await expect(keys.setSecondFactor(act('keys.set-second-factor'), ada, { password: 'wrong' }, wanted)).rejects.toMatchObject({
    code: 'vault/wrong-password',
  });
  expect(await keys.setSecondFactor(act('keys.set-second-factor'), ada, { password }, wanted)).toMatchObject([
    { factors: ['password', 'token'] },
  ]);
  const token = { pin: soft.pin };
  await expect(vault.check('ada', { password })).rejects.toMatchObject({
    code: 'vault/second-factor-needed',
    details: { factor: 'token' },
  });
  await expect(vault.check('ada', { token })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await expect(vault.check('ada', { password: 'wrong', token })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await expect(vault.check('ada', { password, token: { ...token, serial: 'other' } })).rejects.toMatchObject({ code: 'vault/other-token' });
  await vault.check('ada', { password, token });
  await keys.setSecondFactor(act('keys.set-second-factor'), ada, { password, token }, null);
  await vault.check('ada', { password });
});
