import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeafContent } from '../../audit/leaf.ts';
import { isOfVault } from './of-vault.ts';

const leaf = (change: Partial<LeafContent>): LeafContent => ({
  sequence: 1,
  at: 1,
  uptimeMs: 1,
  boot: 'b',
  actor: 'ann',
  actorId: 'p1',
  session: null,
  role: 'analyst',
  area: 'identity',
  action: 'identity.set-role',
  subject: 'e53f6bd4-6f36-4bb1-8c3c-6c2f0a3f0d2a',
  caseId: null,
  outcome: 'done',
  reason: null,
  details: {},
  ...change,
});
const inCase = (details: LeafContent['details']) => leaf({ area: 'documents', action: 'documents.import', caseId: 'c1', details });

test('what tells of the vault is shown, unless it names somebody’s data; of a case only figures and ids', () => {
  expect(isOfVault(leaf({ details: { role: 'viewer' } }))).toBe(true);
  expect(isOfVault(leaf({ details: { note: 'call 13812345678' } }))).toBe(false);
  expect(isOfVault(inCase({ files: 11, ok: true, none: null, runs: [leaf({}).subject] }))).toBe(true);
  for (const details of [{ name: 'letter' }, { sha256: 'ab'.repeat(32) }]) expect(isOfVault(inCase(details))).toBe(false);
  expect(isOfVault(leaf({ caseId: 'c1', details: { role: 'viewer' } }))).toBe(false);
  expect(isOfVault({ ...inCase({}), subject: 'letter.pdf' })).toBe(false);
});

test('no word of a case stands in a leaf that is shown', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\p{L}[\p{L} .]{0,20}$/u), fc.jsonValue(), (word, value) => {
      expect(isOfVault(inCase({ value: value as never, deep: [{ word }] }))).toBe(false);
    }),
  );
});
