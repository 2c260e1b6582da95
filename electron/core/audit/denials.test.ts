import { expect, onTestFinished, test, vi } from 'vitest';
import { callWith, closedCore, openCore, password } from '../rpc/router.fixture.ts';
import { gatherEgress } from '../reports/kinds/egress/gather.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { Denials, mostOfCall, mostOfSession } from './denials.ts';

/** A viewer in a vault of `root`, and what the log holds of what they were refused. */
async function withViewer() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = temporaryFolder();
  const core = await openCore(folder);
  onTestFinished(() => core.close());
  const { workspace } = core;
  if (!workspace) throw new Error('not open');
  const account = { userName: 'val', displayName: 'Val', role: 'viewer', password: 'correct horse battery' } as const;
  const val = await workspace.accounts.create(workspace.systemAct('identity.create-person'), account);
  const session = workspace.identity.sessions.start(val);
  const ask = async (call: string, times: number, input: unknown = {}) => {
    const asked = callWith(core, call, session.token, () => expect.unreachable());
    for (let time = 0; time < times; time += 1)
      await expect(asked(input)).rejects.toMatchObject({ code: expect.stringMatching(/denied|not-found/) as string });
  };
  const denied = () => workspace.audit.list({ outcome: 'denied', limit: 500 }).entries.toReversed();
  const tries = () => denied().reduce((sum, { details }) => sum + Number(details['tries'] ?? 1), 0);
  return { folder, core, workspace, session, ask, denied, tries };
}

test('a loop of refused calls leaves some leaves and then one a minute that counts the rest', async () => {
  const { workspace, ask, denied, tries } = await withViewer();
  await ask('policies.setRetention', 75);
  expect(denied()).toHaveLength(mostOfCall);
  await ask('documents.remove', 3);
  vi.advanceTimersByTime(59_000);
  expect(tries()).toBe(mostOfCall + 3);
  vi.advanceTimersByTime(1_000);
  expect(denied()).toHaveLength(mostOfCall + 4);
  const last = denied().at(-1);
  expect(last).toMatchObject({ action: 'policies.set-retention', reason: 'identity/denied', actor: 'val', outcome: 'denied' });
  expect(last?.details).toMatchObject({ call: 'policies.setRetention', repeated: true, tries: 75 - mostOfCall });
  expect(Number(last?.details['lastAt'])).toBeGreaterThanOrEqual(Number(last?.details['since']));
  // The next minute begins anew.
  await ask('policies.setRetention', 1);
  expect(denied().at(-1)?.details).toEqual({ call: 'policies.setRetention' });
  expect(await workspace.verifyAudit()).toMatchObject({ ok: true });
});

test('what was counted is written down when the session ends and when the vault is locked', async () => {
  const { folder, core, workspace, session, ask, denied, tries } = await withViewer();
  await ask('policies.setRetention', 30);
  workspace.identity.sessions.end(session.id);
  await expect.poll(tries).toBe(30);
  expect(denied()).toHaveLength(mostOfCall + 1);
  const again = workspace.identity.sessions.start(session.person);
  const asked = callWith(core, 'policies.setRetention', again.token, () => expect.unreachable());
  for (let time = 0; time < 25; time += 1) await asked({}).catch(() => undefined);
  await core.close();
  const later = closedCore(folder);
  onTestFinished(() => later.close());
  await later.unlock({ userName: 'root', password, acceptOlder: false });
  const leaves = later.workspace?.audit.list({ outcome: 'denied', limit: 500 }).entries ?? [];
  expect(leaves).toHaveLength(2 * (mostOfCall + 1));
  expect(leaves[0]).toMatchObject({ details: { tries: 5 }, session: again.id });
});

test('however many calls there are, a session fills no more than its share of the log', async () => {
  const { ask, denied, tries } = await withViewer();
  const calls = [
    'identity.createPerson',
    'identity.setRole',
    'policies.set',
    'policies.setRetention',
    'documents.remove',
    'documents.import',
  ];
  const further = ['flows.save', 'keys.rotate', 'backup.run', 'alerts.setRules', 'audit.setHold', 'audit.liftHold'];
  const all = [...calls, ...further];
  for (const call of all) await ask(call, 25);
  expect(denied()).toHaveLength(mostOfSession);
  vi.advanceTimersByTime(60_000);
  expect(denied()).toHaveLength(mostOfSession + all.length);
  expect(tries()).toBe(all.length * 25);
});

test('what a report says was refused are the tries, not the leaves', async () => {
  const { workspace, ask } = await withViewer();
  await ask('backup.run', 55);
  vi.advanceTimersByTime(60_000);
  const { channels } = gatherEgress(workspace.vaultFacts, { from: 0, to: Number.MAX_SAFE_INTEGER });
  expect(channels.find(({ channel }) => channel === 'backups')).toMatchObject({ denied: 55 });
});

test('what could not be written is counted until it can', async () => {
  const { workspace, denied, tries, session } = await withViewer();
  const actor = { personId: session.person.id, name: 'val', session: session.id, role: 'viewer' } as const;
  let isFull = true;
  const necessarily = (work: () => void) => {
    if (isFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    work();
  };
  const denials = new Denials({ act: workspace.act, necessarily, log: { info: () => undefined, bug: () => undefined } });
  onTestFinished(() => denials.close());
  const note = () => denials.note({ actor, action: 'policies.set', call: 'policies.set', reason: 'identity/denied', caseId: null });
  for (let time = 0; time < 30; time += 1) note();
  vi.advanceTimersByTime(60_000);
  note();
  expect(denied()).toEqual([]);
  isFull = false;
  vi.advanceTimersByTime(60_000);
  expect(denied()).toMatchObject([{ details: { repeated: true, tries: 31 } }]);
  vi.advanceTimersByTime(600_000);
  expect(tries()).toBe(31);
});

test('the alert of repeated refusals counts those that have no leaf of their own', async () => {
  const { workspace, ask } = await withViewer();
  await ask('policies.setRetention', 90);
  vi.advanceTimersByTime(60_000);
  const { alerts } = await workspace.alerts.list({ limit: 10 });
  expect(alerts.map(({ facts }) => facts)).toMatchObject([{ rule: 'repeatedDenials', count: 90 }]);
});
