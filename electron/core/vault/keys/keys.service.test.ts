import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentKey } from '../key-ring.ts';
import { defaultCost } from '../kdf.ts';
import { vaultPaths } from '../vault-file.ts';
import { keychainDouble, password, vaultWithKeys } from './keys.fixture.ts';

const refused = (code: string) => expect.objectContaining({ code }) as unknown;

test('a recovery code opens the vault once it was typed back, and no longer after the next one was', async () => {
  const { vault, keys, act } = await vaultWithKeys();
  const { code } = keys.beginRecovery(act('keys.begin-recovery'));
  await expect(vault.checkRecovery({ code })).rejects.toEqual(refused('vault/no-such-slot'));
  const mistyped = `${code.slice(0, 6)}${code[6] === 'A' ? 'B' : 'A'}${code.slice(7)}`;
  await expect(keys.confirm(act('keys.confirm-recovery'), 'recovery', { code: mistyped })).rejects.toMatchObject({
    code: 'vault/recovery-code-mistyped',
    details: { group: 2 },
  });
  expect(keys.slots()).toHaveLength(1);
  expect(await keys.confirm(act('keys.confirm-recovery'), 'recovery', { code: code.toLowerCase() })).toMatchObject([
    { kind: 'password', person: { userName: 'ada' }, factors: ['password'] },
    { kind: 'recovery', person: null, factors: ['code'] },
  ]);
  expect(await vault.checkRecovery({ code })).toMatchObject({ kind: 'recovery' });

  const next = keys.beginRecovery(act('keys.begin-recovery'));
  expect(await vault.checkRecovery({ code })).toMatchObject({ kind: 'recovery' });
  expect(await keys.confirm(act('keys.confirm-recovery'), 'recovery', next)).toHaveLength(2);
  await expect(vault.checkRecovery({ code })).rejects.toEqual(refused('vault/wrong-recovery-code'));
  await expect(keys.confirm(act('keys.confirm-recovery'), 'recovery', next)).rejects.toEqual(refused('vault/nothing-begun'));
});

test('three of five custodians open the vault, two do not, nor do those of a replaced set', async () => {
  const { vault, storage, keys, act } = await vaultWithKeys();
  const names = ['Li', 'Mo', 'Nan', 'Ou', 'Pei'];
  const made = await keys.beginCustodians(act('keys.begin-custodians'), 3, names);
  expect(made.shares.map(({ name }) => name)).toEqual(names);
  const shares = made.shares.map(({ text }) => text);
  await keys.confirm(act('keys.confirm-custodians'), 'custodians', { shares: shares.slice(0, 3) });
  expect(keys.slots()).toMatchObject([{ kind: 'password' }, { kind: 'custodians', threshold: 3, shares: 5 }]);
  await expect(vault.checkRecovery({ shares: shares.slice(0, 2) })).rejects.toMatchObject({
    code: 'vault/too-few-shares',
    details: { needed: 3, given: 2 },
  });

  const key = Buffer.from(currentKey(storage.ring));
  storage.close();
  const opened = await vault.openRecovered({ shares: shares.slice(2) });
  expect(currentKey(opened.storage.ring)).toEqual(key);
  opened.storage.close();
  const again = await vault.open('ada', { password });
  again.storage.close();
});

test('shares of a set that was replaced open nothing', async () => {
  const { vault, keys, act } = await vaultWithKeys();
  const make = async () => {
    const { shares } = await keys.beginCustodians(act('keys.begin-custodians'), 2, ['Li', 'Mo']);
    const texts = shares.map(({ text }) => text);
    await keys.confirm(act('keys.confirm-custodians'), 'custodians', { shares: texts });
    return texts;
  };
  const old = await make();
  await make();
  await expect(vault.checkRecovery({ shares: old })).rejects.toEqual(refused('vault/no-such-slot'));
  await expect(keys.beginCustodians(act('keys.begin-custodians'), 3, ['Li', 'Mo'])).rejects.toEqual(refused('vault/bad-threshold'));
});

test('a key file becomes a second factor, stays one when the password changes, and can be dropped', async () => {
  const { vault, storage, ada, keys, act } = await vaultWithKeys();
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const certificatePem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const certificate = { keyPem: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
  const second = { kind: 'certificate' as const, certificatePem };
  expect(await keys.setSecondFactor(act('keys.set-second-factor'), ada, { password }, second)).toMatchObject([
    { factors: ['password', 'certificate'] },
  ]);
  await expect(vault.check('ada', { password })).rejects.toMatchObject({
    code: 'vault/second-factor-needed',
    details: { factor: 'certificate' },
  });
  await expect(vault.check('ada', { password: 'wrong', certificate })).rejects.toEqual(refused('vault/wrong-password'));
  await vault.check('ada', { password, certificate });

  const slot = await vault.prepareNewPassword(storage, 'ada', { password, certificate }, 'another password');
  vault.putPasswordSlot(storage, slot);
  await expect(vault.check('ada', { password: 'another password' })).rejects.toEqual(refused('vault/second-factor-needed'));
  await vault.check('ada', { password: 'another password', certificate });

  const proof = { password: 'another password', certificate };
  await keys.setSecondFactor(act('keys.set-second-factor'), ada, proof, null);
  await vault.check('ada', { password: 'another password' });
});

test('a secret of the keychain is an extra factor: without it the password opens nothing', async () => {
  const keychain = keychainDouble();
  const { vault, ada, keys, act } = await vaultWithKeys({ keychain });
  await keys.setSecondFactor(act('keys.set-second-factor'), ada, { password }, { kind: 'keychain' });
  await vault.check('ada', { password });
  const [[entry, secret]] = [...keychain.entries] as [[string, Buffer]];
  keychain.entries.clear();
  await expect(vault.check('ada', { password })).rejects.toEqual(refused('vault/keychain-entry-missing'));
  keychain.entries.set(entry, secret);
  await keys.setSecondFactor(act('keys.set-second-factor'), ada, { password }, null);
  expect(keychain.entries.size).toBe(0);
});

test('a new password wraps one slot anew, under the default cost too; key, database and other slots stay', async () => {
  const { vault, storage, keys, act } = await vaultWithKeys({ cost: defaultCost });
  await keys.confirm(act('keys.confirm-recovery'), 'recovery', keys.beginRecovery(act('keys.begin-recovery')));
  const before = vault.existing();
  const blob = storage.blobs.put(Buffer.from('content'));
  const blobFile = readFileSync(storage.blobs.path(blob));
  const key = Buffer.from(currentKey(storage.ring));
  vault.putPasswordSlot(storage, await vault.prepareNewPassword(storage, 'ada', { password }, 'another password'));
  const after = vault.existing();
  expect(currentKey(storage.ring)).toEqual(key);
  expect(readFileSync(storage.blobs.path(blob))).toEqual(blobFile);
  expect(after.slots.find(({ kind }) => kind === 'recovery')).toEqual(before.slots.find(({ kind }) => kind === 'recovery'));
  expect(after).toMatchObject({ epoch: before.epoch, generation: before.generation + 1 });
  await expect(vault.check('ada', { password })).rejects.toEqual(refused('vault/wrong-password'));
  await vault.check('ada', { password: 'another password' });
});

test('an unknown name and a wrong password get the same answer', async () => {
  const { vault } = await vaultWithKeys();
  const answers = [
    vault.check('ada', { password: 'wrong' }),
    vault.check('eve', { password }),
    vault.check('ada', { token: { pin: '1' } }),
    vault.check('ada', {}),
  ];
  const shapes = (await Promise.allSettled(answers)).map((each) =>
    each.status === 'rejected' ? { ...(each.reason as object), message: (each.reason as Error).message } : each,
  );
  expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
  expect(shapes[0]).toMatchObject({ code: 'vault/wrong-password' });
});

test('a slot change whose record cannot be written is undone', async () => {
  const { vault, storage, keys, act } = await vaultWithKeys();
  const begun = keys.beginRecovery(act('keys.begin-recovery'));
  const before = readFileSync(vaultPaths(vault.folder).file);
  storage.db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON audit_leaves BEGIN SELECT RAISE(FAIL, 'no room'); END");
  await expect(keys.confirm(act('keys.confirm-recovery'), 'recovery', begun)).rejects.toThrow('no room');
  expect(readFileSync(vaultPaths(vault.folder).file)).toEqual(before);
  storage.db.exec('DROP TRIGGER full');
  expect(await keys.confirm(act('keys.confirm-recovery'), 'recovery', begun)).toHaveLength(2);
});

test('an older vault.json, in which an old password is valid, is recognised and opened only when accepted', async () => {
  const { vault, storage } = await vaultWithKeys();
  const { file } = vaultPaths(vault.folder);
  const older = readFileSync(file);
  vault.putPasswordSlot(storage, await vault.prepareNewPassword(storage, 'ada', { password }, 'another password'));
  storage.close();
  const newer = readFileSync(file);
  writeFileSync(file, older);
  await expect(vault.open('ada', { password })).rejects.toMatchObject({
    code: 'vault/older-than-anchor',
    details: { verdict: 'older-slots' },
  });
  writeFileSync(file, newer);
  const opened = await vault.open('ada', { password: 'another password' });
  expect(opened.slotsAge).toBe('same');
  opened.storage.close();
  writeFileSync(file, older);
  const accepted = await vault.open('ada', { password }, true);
  expect(accepted.slotsAge).toBe('older');
  accepted.storage.close();
});

test('a crash between vault.json and its note in the database is no older file', async () => {
  const { vault, storage } = await vaultWithKeys();
  vault.putPasswordSlot(storage, await vault.prepareNewPassword(storage, 'ada', { password }, 'another password'));
  storage.db.exec('UPDATE vault SET slots_generation = 1');
  storage.close();
  const opened = await vault.open('ada', { password: 'another password' });
  expect(opened.slotsAge).toBe('newer');
  opened.storage.close();
});

test('a vault.json with any bit turned is refused by name', async () => {
  const { vault, storage } = await vaultWithKeys();
  storage.close();
  const { file } = vaultPaths(vault.folder);
  const whole = readFileSync(file);
  const bit = fc.tuple(fc.integer({ min: 0, max: whole.length - 2 }), fc.integer({ min: 0, max: 7 }));
  await fc.assert(
    fc.asyncProperty(bit, async ([at, number]) => {
      const turned = Buffer.from(whole);
      turned[at] = (turned[at] ?? 0) ^ (1 << number);
      writeFileSync(file, turned);
      const codes = /^vault\/(damaged|wrong-password|slots-changed|weak-kdf)$/;
      await expect(vault.check('ada', { password })).rejects.toMatchObject({ code: expect.stringMatching(codes) as string });
    }),
    { numRuns: 40 },
  );
});

test('passwords of people and the last slot cannot be removed', async () => {
  const { keys, act } = await vaultWithKeys();
  const [slot] = keys.slots();
  expect(() => keys.removeSlot(act('keys.remove-slot'), slot?.id ?? '')).toThrow(refused('vault/slot-of-person'));
  expect(() => keys.removeSlot(act('keys.remove-slot'), 'gone')).toThrow(refused('vault/unknown-slot'));
  const slots = await keys.confirm(act('keys.confirm-recovery'), 'recovery', keys.beginRecovery(act('keys.begin-recovery')));
  expect(keys.removeSlot(act('keys.remove-slot'), slots[1]?.id ?? '')).toHaveLength(1);
});

test('where duties are separated the last way in that belongs to nobody stays; another one lets it go', async () => {
  const { keys, act, rules } = await vaultWithKeys();
  rules.separated = true;
  const confirm = () => keys.confirm(act('keys.confirm-recovery'), 'recovery', keys.beginRecovery(act('keys.begin-recovery')));
  const recovery = (await confirm()).find(({ kind }) => kind === 'recovery')?.id ?? '';
  expect(() => keys.removeSlot(act('keys.remove-slot'), recovery)).toThrow(refused('vault/last-recovery'));
  const { shares } = await keys.beginCustodians(act('keys.begin-custodians'), 2, ['Ann', 'Ben']);
  await keys.confirm(act('keys.confirm-custodians'), 'custodians', { shares: shares.map(({ text }) => text) });
  expect(keys.removeSlot(act('keys.remove-slot'), recovery).map(({ kind }) => kind)).toEqual(['password', 'custodians']);
});
