import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ringOf } from '../key-ring.ts';
import { newPasswordFactor, floorCost } from '../kdf.ts';
import { vaultFile, type VaultFile } from '../vault-file.ts';
import { dropEpoch, sealForEpoch, signVaultFile, verifyVaultFile } from './epochs.ts';
import type { Factor } from './factor.ts';
import { createSlot, openSlot, type Slot } from './slot.ts';

const vaultId = randomUUID();
const secrets = Array.from({ length: 4 }, () => randomBytes(32));
const factors: Factor[] = [
  newPasswordFactor(floorCost),
  { type: 'token', serial: '1', tokenLabel: 'a', keyId: 'ab', publicKey: 'AAAA', wrapped: 'AAAA' },
  { type: 'certificate', algorithm: 'ecdh', publicKey: 'AAAA', wrapped: 'AAAA' },
  { type: 'keychain', entry: randomUUID() },
];

function made() {
  const key = randomBytes(32);
  const ring = ringOf(key);
  const wanted = { kind: 'password' as const, person: 'ab'.repeat(32), label: '', factors };
  const slots = [
    createSlot(vaultId, wanted, secrets, ring),
    createSlot(vaultId, { ...wanted, kind: 'recovery', person: null }, secrets, ring),
  ];
  const bare = { format: 'redoubt-vault/2' as const, vaultId, createdAt: 1, generation: 0, epoch: 1, rotation: null, slots, mac: {} };
  return { key, ring, file: vaultFile.parse(signVaultFile(bare, ring)) };
}

/** Opens the first slot and checks the file, as an opening does. */
function open(file: VaultFile) {
  const [slot] = file.slots;
  if (!slot) throw new Error('no slot');
  const keys = openSlot(file.vaultId, slot, secrets);
  verifyVaultFile(file, keys);
  return keys;
}

test('a slot opens with all its secrets in their order, and with nothing less', () => {
  const { key, file } = made();
  const [slot] = file.slots as [Slot];
  expect(open(file).get(1)).toEqual(key);
  for (const wrong of [secrets.slice(1), secrets.toReversed(), secrets.with(3, randomBytes(32)), secrets.with(0, randomBytes(31))])
    expect(() => openSlot(vaultId, slot, wrong)).toThrow();
  expect(() => openSlot(randomUUID(), slot, secrets)).toThrow();
});

test('every value of the vault file that is changed, removed or added is recognised', () => {
  const { file } = made();
  const changes = changesOf(file);
  expect(changes.length).toBeGreaterThan(100);
  for (const { path, value } of changes) {
    const parsed = vaultFile.safeParse(value);
    if (parsed.success) expect(() => open(parsed.data), path).toThrow();
  }
});

test('slots that were removed, doubled, exchanged or brought from another vault are recognised', () => {
  const { file } = made();
  const other = made().file;
  const [first, second] = file.slots as [Slot, Slot];
  const [foreign] = other.slots as [Slot];
  for (const slots of [[first], [first, second, second], [second, first], [first, { ...second, sealed: first.sealed }], [first, foreign]])
    expect(() => open({ ...file, slots }), JSON.stringify(slots.map(({ id }) => id))).toThrow();
});

test('a new vault key reaches every slot without a secret, and the old one leaves', () => {
  const { key, ring, file } = made();
  const next = randomBytes(32);
  const both = { current: 1, keys: new Map([...ring.keys, [2, next]]) };
  const rotating = signVaultFile({ ...sealForEpoch(file, 2, next), rotation: { to: 2, startedAt: 5 } }, both);
  expect(open(vaultFile.parse(rotating))).toEqual(
    new Map([
      [1, key],
      [2, next],
    ]),
  );
  // Without the new key's seal, or with the rotation forgotten, it is not this file.
  expect(() => open({ ...rotating, rotation: null })).toThrow();
  expect(() => open(dropEpoch(rotating, 1))).toThrow();
  const done = signVaultFile({ ...dropEpoch(rotating, 1), epoch: 2, rotation: null }, { current: 2, keys: new Map([[2, next]]) });
  expect(open(vaultFile.parse(done))).toEqual(new Map([[2, next]]));
  expect(() =>
    open({ ...done, slots: done.slots.map((slot, index) => ({ ...slot, sealed: rotating.slots[index]?.sealed ?? {} })) }),
  ).toThrow();
});

type Change = { path: string; value: unknown };

/** The value with each of its parts changed, removed, and with a member added to each object, one at a time. */
function changesOf(value: unknown, path = ''): Change[] {
  if (typeof value === 'string') {
    const at = Math.floor(value.length / 2);
    return [`${value}0`, value.slice(1), `${value.slice(0, at)}${value[at] === '1' ? '2' : '1'}${value.slice(at + 1)}`]
      .filter((each) => each !== value)
      .map((each) => ({
        path,
        value: each,
      }));
  }
  if (typeof value === 'number')
    return [value + 1, value - 1, -value].filter((each) => each !== value).map((each) => ({ path, value: each }));
  if (value === null)
    return [
      { path, value: 0 },
      { path, value: { to: 2, startedAt: 1 } },
      { path, value: 'ab'.repeat(32) },
    ];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) =>
      changesOf(each, `${path}[${index}]`).map((change) => ({ ...change, value: value.with(index, change.value) as unknown })),
    );
  const entries = Object.entries(value as object) as [string, unknown][];
  const changed = entries.flatMap(([name, each]) =>
    changesOf(each, `${path}.${name}`).map((change) => ({ ...change, value: { ...(value as object), [name]: change.value } })),
  );
  const removed = entries.map(([name]) => ({
    path: `${path} without ${name}`,
    value: Object.fromEntries(entries.filter(([other]) => other !== name)),
  }));
  return [...changed, ...removed, { path: `${path} with more`, value: { ...(value as object), 2: 'ab'.repeat(32) } }];
}
