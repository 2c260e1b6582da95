import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemActor, type Actor } from '../audit/act.ts';
import { ada, ben, opened, wednesday } from './alerts.fixture.ts';
import { defaultRules } from './default-rules.ts';
import { deviceOf } from './device.ts';
import { isWorkTime } from './detectors/off-hours.ts';
import { baselineOf, robustScore } from './robust-score.ts';

const dayMs = 86_400_000;

test('twenty exports in an hour are one alert with their entries; nineteen, or twenty in a day, are none', async () => {
  const { leave, found, alerts } = await opened();
  for (let i = 0; i < 19; i += 1) leave(ada, 'reports.export', wednesday + i * 1000);
  for (let i = 0; i < 30; i += 1) leave({ ...ada, personId: 'p-eve', name: 'eve' }, 'reports.export', wednesday + i * 600_000);
  expect(await found()).toEqual([]);
  leave(ada, 'identity.export-person', wednesday + 20_000);
  leave(ada, 'reports.export', wednesday + 21_000);
  const [alert, ...others] = await found();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    severity: 'warning',
    person: { id: 'p-ada', userName: 'ada' },
    state: 'open',
    firstAt: wednesday,
    facts: { rule: 'bulkExport', count: 21, limit: 20, minutes: 60 },
  });
  const { entries } = alerts.get(alert?.id ?? '');
  expect(entries.map(({ action }) => action)).toEqual([
    ...Array<string>(19).fill('reports.export'),
    'identity.export-person',
    'reports.export',
  ]);
});

test('what is refused again and again is told, also under names that are nobody’s', async () => {
  const { leave, found } = await opened();
  for (let i = 0; i < 4; i += 1) leave(ada, 'documents.remove', wednesday + i, { outcome: 'denied' });
  leave(systemActor, 'identity.sign-in', wednesday + 10, { outcome: 'denied', details: { tries: 7 } });
  expect(await found()).toMatchObject([{ person: null, facts: { rule: 'repeatedDenials', count: 7 } }]);
  leave(ada, 'cases.get', wednesday + 20, { outcome: 'denied' });
  expect((await found()).find(({ person }) => person)).toMatchObject({ facts: { count: 5, actions: ['documents.remove', 'cases.get'] } });
});

test('a night’s work is one notice a day where hours are watched, and none where they are not', async () => {
  const night = new Date(2026, 2, 4, 23).getTime();
  for (const mode of ['separated', 'personal'] as const) {
    const { leave, found } = await opened(mode);
    leave(ada, 'documents.import', wednesday);
    for (let i = 0; i < 3; i += 1) leave(ada, 'documents.import', night + i * 60_000);
    const facts = { rule: 'offHours', firstAt: night, count: 3, from: 7, to: 20 };
    expect(await found()).toMatchObject(mode === 'separated' ? [{ severity: 'notice', facts }] : []);
  }
  const friday = new Date(2026, 2, 6);
  const nightShift = { from: 22, to: 6, days: [5] };
  expect(isWorkTime(friday.setHours(23), nightShift)).toBe(true);
  expect(isWorkTime(friday.setHours(29), nightShift)).toBe(true);
  expect(isWorkTime(new Date(2026, 2, 6, 5).getTime(), nightShift)).toBe(false);
});

test('a second machine is told, the first is not, and one that others use is only a notice', async () => {
  const { leave, found } = await opened();
  const on = (device: string) => ({ details: { device, host: 'desktop' } });
  leave(ada, 'vault.unlock', wednesday, on('aaaa'));
  leave({ ...ada, personId: 'p-eve', name: 'eve' }, 'vault.unlock', wednesday, on('bbbb'));
  leave(ada, 'identity.sign-in', wednesday, on('aaaa'));
  expect(await found()).toEqual([]);
  leave(ada, 'identity.sign-in', wednesday + 1, on('bbbb'));
  leave(ada, 'identity.sign-in', wednesday + 2, on('cccc'));
  leave(ada, 'identity.sign-in', wednesday + 3, on('cccc'));
  expect((await found()).map(({ severity, facts }) => [severity, facts])).toEqual([
    ['warning', { rule: 'newDevice', device: 'cccc', host: 'desktop', known: 2, elsewhere: false }],
    ['notice', { rule: 'newDevice', device: 'bbbb', host: 'desktop', known: 1, elsewhere: true }],
  ]);
  expect(deviceOf('one')).toMatch(/^[0-9a-f]{16}$/);
  expect(deviceOf('one')).not.toBe(deviceOf('two'));
});

test('a day far beyond a person’s own is told; the same day of somebody who always does so much is not', async () => {
  const offHours = { on: false, from: 7, to: 20, days: [] };
  const { leave, found } = await opened('separated', { offHours, unusualVolume: { on: true, score: 6, minimumDays: 7, minimumCount: 40 } });
  const busy: Actor = { ...ada, personId: 'p-busy', name: 'busy' };
  for (let day = 0; day < 8; day += 1) {
    for (let i = 0; i < 5 + (day % 3); i += 1) leave(ada, 'documents.import', wednesday + day * dayMs + i);
    for (let i = 0; i < 50 + day; i += 1) leave(busy, 'documents.import', wednesday + day * dayMs + i);
  }
  for (let i = 0; i < 45; i += 1) leave(ada, 'documents.import', wednesday + 8 * dayMs + i);
  for (let i = 0; i < 60; i += 1) leave(busy, 'documents.import', wednesday + 8 * dayMs + i);
  const facts = { rule: 'unusualVolume', count: 45, median: 6, spread: 1, days: 8 };
  expect(await found()).toMatchObject([{ person: { id: 'p-ada' }, facts }]);
});

test('an account that wakes up after its days is told', async () => {
  const { leave, found } = await opened('personal');
  leave(ada, 'vault.unlock', wednesday);
  leave(ada, 'vault.unlock', wednesday + 44 * dayMs);
  expect(await found()).toEqual([]);
  leave(ada, 'vault.unlock', wednesday + 90 * dayMs);
  expect(await found()).toMatchObject([{ facts: { rule: 'dormantAccount', lastAt: wednesday + 44 * dayMs, days: 46, limit: 45 } }]);
});

test('a leaf counts once however often the log is looked at; alerts, decisions and rules are leaves', async () => {
  const { audit, alerts, leave, found, make } = await opened('separated', { repeatedDenials: { on: true, count: 3, minutes: 10 } });
  for (let i = 0; i < 3; i += 1) {
    leave(ada, 'documents.remove', wednesday + i, { outcome: 'denied' });
    await found();
    await found();
  }
  const [alert] = await found();
  expect(alert?.facts).toMatchObject({ count: 3 });
  const id = alert?.id ?? '';
  const decided = alerts.decide(make(ben, 'alerts.decide'), { id, verdict: 'expected', note: 'A test of the rights.' });
  expect(decided).toMatchObject({ state: 'expected', decision: { by: 'ben', note: 'A test of the rights.' } });
  expect((await alerts.list({ limit: 1 })).open).toBe(0);
  expect(() => alerts.decide(make(ada, 'alerts.decide'), { id, verdict: 'expected', note: '' })).toThrow('about you');
  const actions = audit.search.list({ areas: ['alerts'] }, { limit: 10 }).entries.map(({ action }) => action);
  expect(actions).toEqual(['alerts.decide', 'alerts.raise', 'alerts.set-rules']);
});

test('a rule that is off is silent, and remembers for the day it is on', async () => {
  const { leave, found, alerts, make } = await opened('personal', { newDevice: { on: false } });
  leave(ada, 'vault.unlock', wednesday, { details: { device: 'aaaa', host: 'desktop' } });
  leave(ada, 'vault.unlock', wednesday, { details: { device: 'bbbb', host: 'desktop' } });
  expect(await found()).toEqual([]);
  await alerts.setRules(make(ben, 'alerts.set-rules'), defaultRules('personal'));
  leave(ada, 'vault.unlock', wednesday, { details: { device: 'bbbb', host: 'desktop' } });
  expect(await found()).toEqual([]);
  leave(ada, 'vault.unlock', wednesday, { details: { device: 'cccc', host: 'desktop' } });
  expect(await found()).toHaveLength(1);
});

test('the robust score is 0 at the median, grows with the count and is unmoved by one wild day', () => {
  const counts = fc.array(fc.nat(1000), { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(counts, fc.nat(5000), (history, count) => {
      const baseline = baselineOf(history);
      expect(baseline.spread).toBeGreaterThanOrEqual(1);
      expect(robustScore(baseline.median, baseline)).toBe(0);
      expect(robustScore(count + 1, baseline)).toBeGreaterThan(robustScore(count, baseline));
    }),
  );
  expect(robustScore(60, baselineOf([8, 9, 10, 11, 12, 9, 100_000]))).toBeGreaterThan(6);
});
