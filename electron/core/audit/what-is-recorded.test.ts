import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHost, password } from '../cases/people.fixture.ts';
import { connectClient } from '../../local/client.ts';

test('over the real processes: sign-ins, denials, reading, rules, exports, ended processes', async () => {
  const { owner, host, add } = await openHost();
  const { client: ann, person } = await add('ann');
  const entries = async (filter: { action: string; subject?: string }) =>
    (await owner.audit.list({ ...filter, limit: 500 })).entries.map(({ actor, outcome, reason }) => [actor, outcome, reason]);

  const stranger = connectClient(host).client;
  await expect(stranger.vault.unlock({ userName: 'ann', password: `${password}!` })).rejects.toMatchObject({
    code: 'vault/wrong-password',
  });
  expect(await entries({ action: 'identity.sign-in', subject: person.id })).toEqual([
    ['ann', 'denied', null],
    ['ann', 'done', null],
  ]);
  await expect(ann.audit.list({})).rejects.toMatchObject({ code: 'identity/denied' });
  expect(await entries({ action: 'audit.list' })).toEqual([['ann', 'denied', 'identity/denied']]);

  const { retention: _retention, ...rules } = (await owner.policies.get()).policies;
  await owner.policies.set({ ...rules, audit: { ...rules.audit, readsOf: ['internal'] } });
  const [flow] = await ann.flows.list({});
  const talk = await ann.chat.create({ title: 'Talk' });
  await ann.chat.get({ id: talk.id });
  await ann.chat.get({ id: talk.id });
  await ann.flows.exportYaml({ id: flow?.id ?? '' });
  expect(await entries({ action: 'policies.set' })).toEqual([['ida', 'done', null]]);
  expect(await entries({ action: 'cases.read-classified' })).toEqual([['ann', 'done', null]]);
  expect(await entries({ action: 'flows.export' })).toEqual([['ann', 'done', null]]);

  const reader = host.processes.find(({ name }) => name === 'documents');
  // No process id would mean every process of the group.
  if (!reader?.pid) throw new Error('the reader does not run');
  process.kill(reader.pid, 'SIGKILL');
  const ends = async () => (await entries({ action: 'system.process-restarted', subject: 'documents' })).length;
  await expect.poll(ends, { timeout: 30_000 }).toBe(1);
  expect(await entries({ action: 'system.process-ended' })).toEqual([['system', 'failed', null]]);
  await ann.identity.signOut();
  expect(await entries({ action: 'identity.sign-out' })).toEqual([['ann', 'done', null]]);
});

test('nothing but the one service that records asks the engine to generate', () => {
  const core = join(import.meta.dirname, '..');
  const callers = globSync('**/*.ts', { cwd: core }).filter(
    (file) => !file.endsWith('.test.ts') && /\.call\(\s*'generate'/.test(readFileSync(join(core, file), 'utf8')),
  );
  expect(callers).toEqual([join('inference', 'inference.service.ts')]);
});
