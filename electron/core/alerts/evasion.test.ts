import { expect, test } from 'vitest';
import { systemActor } from '../audit/act.ts';
import { Leaves } from '../audit/leaves.ts';
import { ada, ben, opened, wednesday } from './alerts.fixture.ts';
import { checkAlerts } from './check-alerts.ts';
import { defaultRules } from './default-rules.ts';

const minute = 60_000;

test('an alert that was decided is no cover: as much again is another one, and the first stays as it was decided upon', async () => {
  const { alerts, leave, found, make } = await opened();
  const takeOut = (count: number, from: number) => {
    for (let i = 0; i < count; i += 1) leave(ada, 'reports.export', from + i * 1000);
  };
  takeOut(20, wednesday);
  const [first] = await found();
  alerts.decide(make(ben, 'alerts.decide'), { id: first?.id ?? '', verdict: 'expected', note: '' });
  takeOut(19, wednesday + minute);
  expect(await found()).toMatchObject([{ state: 'expected', facts: { count: 20 } }]);
  takeOut(1, wednesday + 2 * minute);
  expect(await found()).toMatchObject([
    { state: 'open', facts: { count: 40 } },
    { id: first?.id, state: 'expected', facts: { count: 20 } },
  ]);
});

test('a night that was decided upon is told anew once it goes on as long again', async () => {
  const night = new Date(2026, 2, 4, 22).getTime();
  const { alerts, leave, found, make } = await opened();
  const act = (count: number, from: number) => {
    for (let i = 0; i < count; i += 1) leave(ada, 'documents.import', from + i);
  };
  act(3, night);
  const [first] = await found();
  alerts.decide(make(ben, 'alerts.decide'), { id: first?.id ?? '', verdict: 'expected', note: '' });
  act(2, night + minute);
  expect(await found()).toHaveLength(1);
  act(2, night + 2 * minute);
  expect((await found()).map(({ state, facts }) => [state, facts.rule === 'offHours' && facts.count])).toEqual([
    ['open', 7],
    ['expected', 3],
  ]);
});

test('a clock that is put forward between exports empties no window, and one that was ahead hides nothing later', async () => {
  const { alerts, leave, found, make } = await opened('personal');
  for (let i = 0; i < 20; i += 1) leave(ada, 'reports.export', wednesday + i * 61 * minute, { uptime: i * 1000 });
  const [first] = await found();
  expect(first).toMatchObject({ facts: { rule: 'bulkExport', count: 20 } });
  alerts.decide(make(ben, 'alerts.decide'), { id: first?.id ?? '', verdict: 'expected', note: '' });
  const later = wednesday + 5 * minute;
  for (let i = 0; i < 20; i += 1) leave(ada, 'reports.export', later + i * 1000, { uptime: 61 * minute + i * 1000 });
  expect((await found()).filter(({ state }) => state === 'open')).toMatchObject([{ facts: { rule: 'bulkExport', count: 20 } }]);
});

test('an entry that was overwritten keeps nobody from seeing the rest, nor does a mark beyond the log', async () => {
  const { db, leave, found } = await opened('separated', { repeatedDenials: { on: true, count: 3, minutes: 10 } });
  leave(ada, 'documents.remove', wednesday);
  db.exec("DROP TRIGGER audit_leaves_only_pruned; UPDATE audit_leaves SET canonical = '{}' WHERE sequence = 1");
  for (let i = 0; i < 3; i += 1) leave(ada, 'documents.remove', wednesday + i, { outcome: 'denied' });
  expect(await found()).toHaveLength(1);
  db.exec('UPDATE alert_edge SET next = 1000000');
  leave(ada, 'documents.remove', wednesday + 11 * minute);
  await found();
  for (let i = 0; i < 3; i += 1) leave(ada, 'documents.remove', wednesday + 20 * minute + i, { outcome: 'denied' });
  expect(await found()).toHaveLength(2);
});

test('a flood of refusals is one alert, and a long backlog leaves others their turn', async () => {
  const { db, alerts, leave, found, make } = await opened();
  db.transaction(() => {
    for (let i = 0; i < 1000; i += 1) leave(ada, 'documents.remove', wednesday + i, { outcome: 'denied' });
    leave(systemActor, 'identity.sign-in', wednesday, { outcome: 'denied', details: { tries: 3 } });
    leave(systemActor, 'identity.sign-in', wednesday + 1, { outcome: 'denied', details: { tries: 3 } });
  })();
  let others = 0;
  const ticking = setInterval(() => (others += 1), 1);
  await alerts.setRules(make(ben, 'alerts.set-rules'), { ...defaultRules('separated'), newDevice: { on: false } });
  clearInterval(ticking);
  expect(others).toBeGreaterThan(10);
  expect((await found()).map(({ person, facts }) => [person?.id, facts.rule === 'repeatedDenials' && facts.count])).toEqual([
    ['p-ada', 300],
    [undefined, 6],
  ]);
});

test('an alert that was removed or decided by hand is noticed', async () => {
  const { db, audit, alerts, leave, found, make } = await opened('separated', { repeatedDenials: { on: true, count: 3, minutes: 10 } });
  const leaves = new Leaves(db, audit.terms);
  for (let i = 0; i < 3; i += 1) leave(ada, 'documents.remove', wednesday + i, { outcome: 'denied' });
  const id = (await found())[0]?.id ?? '';
  expect(checkAlerts(db, leaves)).toEqual([]);
  db.exec("UPDATE alerts SET state = 'expected'");
  expect(checkAlerts(db, leaves)).toMatchObject([{ message: `The alert ${id} was decided otherwise than the log tells.` }]);
  alerts.decide(make(ben, 'alerts.decide'), { id, verdict: 'incident', note: '' });
  expect(checkAlerts(db, leaves)).toEqual([]);
  db.exec('DELETE FROM alerts');
  expect(checkAlerts(db, leaves)).toMatchObject([{ message: 'The alert that this entry tells of is gone.' }]);
});
