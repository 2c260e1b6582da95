import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Actor, LeafRecord } from '../../audit/act.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { slotPerson } from '../../vault/key-slots.ts';
import { newPerson } from '../identity.service.ts';
import { Lockout } from './lockout.ts';
import { TryRecorder } from './record-tries.ts';

const vaultId = '6f1d6f0e-6d5c-4f0a-9a58-0d7b5a7f3d11';

test('invented names leave one leaf a minute, however many they are; a person’s own tries leave theirs at once', async () => {
  const ada = newPerson('ada', 'Ada', 'owner');
  const isKnown = (name: string) => name === slotPerson(vaultId, 'ada');
  const lockout = new Lockout(join(temporaryFolder(), 'attempts.json'), () => vaultId, isKnown);
  const time = { now: 0 };
  const recorder = new TryRecorder(lockout, () => time.now);
  const leaves: (LeafRecord & { actor: string })[] = [];
  const act = (actor: Actor, action: string) => ({
    actor,
    action,
    commit: (record: unknown) => void leaves.push({ actor: actor.name, ...(record as LeafRecord) }) as never,
  });
  const wrong = new Error('wrong');
  const attempt = async (userName: string) => {
    const work = () => Promise.reject(wrong);
    await expect(lockout.attempt(userName, () => true, work)).rejects.toBe(wrong);
    recorder.record([ada], act);
  };
  for (let index = 0; index < 40; index += 1) await attempt(`invented ${index}`);
  await attempt('ada');
  expect(leaves).toMatchObject([
    { actor: 'system', outcome: 'denied', details: { names: 1, tries: 1 } },
    { actor: 'ada', subject: ada.id, outcome: 'denied', details: { tries: 1, lockedOut: false } },
  ]);
  time.now = 60_000;
  await attempt('invented 3');
  expect(leaves.slice(2)).toMatchObject([{ actor: 'system', subject: '', details: { names: 39, tries: 40, lockedOut: false } }]);
  expect(JSON.stringify(leaves)).not.toContain('invented');
  expect(lockout.unrecorded()).toEqual([]);
});
