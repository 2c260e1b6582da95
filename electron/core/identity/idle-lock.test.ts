import { expect, test } from 'vitest';
import { IdleLock, type LockReason } from './idle-lock.ts';

const minute = 60_000;

/** People, their work and a clock that a test turns by hand. */
function office(rules = { idleMinutes: 5, lockWhileRunning: false }) {
  const time = { wall: Date.UTC(2026, 0, 1), steady: 0 };
  const lastSeen = new Map<string, number>();
  const ended: string[] = [];
  const locks: LockReason[] = [];
  const state = { working: false, rules };
  let tick: (() => void) | null = null;
  const lock = new IdleLock({
    sessions: {
      list: () => [...lastSeen.keys()].map((id) => ({ id, personId: id })),
      idleFor: (id) => time.steady - (lastSeen.get(id) ?? 0),
    },
    rules: () => state.rules,
    isWorking: () => state.working,
    endSession: ({ id }) => {
      lastSeen.delete(id);
      ended.push(id);
    },
    lock: (reason) => locks.push(reason),
    clock: {
      wall: () => time.wall,
      steady: () => time.steady,
      every: (_ms, listener) => {
        tick = listener;
        return () => (tick = null);
      },
    },
  });
  lock.start();
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 5_000) {
      time.wall += 5_000;
      time.steady += 5_000;
      tick?.();
    }
  };
  const active = (id: string) => lastSeen.set(id, time.steady);
  const leave = (id: string) => lastSeen.delete(id);
  return { time, state, ended, locks, pass, active, leave, tick: () => tick?.(), isWatching: () => tick !== null };
}

test('a session ends after the minutes of the policy, and with the last one the vault is locked, once', () => {
  const { ended, locks, pass, active, isWatching } = office();
  active('ada');
  active('bob');
  pass(4 * minute);
  active('bob');
  pass(2 * minute);
  expect({ ended, locks }).toEqual({ ended: ['ada'], locks: [] });
  pass(2 * minute);
  expect(locks).toEqual([]);
  pass(2 * minute);
  expect({ ended, locks, watching: isWatching() }).toEqual({ ended: ['ada', 'bob'], locks: ['idle'], watching: false });
});

test('a changed policy counts at once', () => {
  const { state, locks, pass, active } = office({ idleMinutes: 60, lockWhileRunning: false });
  active('ada');
  pass(6 * minute);
  expect(locks).toEqual([]);
  state.rules = { idleMinutes: 5, lockWhileRunning: false };
  pass(5_000);
  expect(locks).toEqual(['idle']);
});

test('work in progress is finished first, unless the policy says otherwise', () => {
  const patient = office();
  patient.state.working = true;
  patient.active('ada');
  patient.pass(30 * minute);
  expect({ ended: patient.ended, locks: patient.locks }).toEqual({ ended: ['ada'], locks: [] });
  patient.state.working = false;
  patient.pass(5_000);
  expect(patient.locks).toEqual(['idle']);

  const strict = office({ idleMinutes: 5, lockWhileRunning: true });
  strict.state.working = true;
  strict.active('ada');
  strict.pass(6 * minute);
  expect(strict.locks).toEqual(['idle']);
});

test('somebody who signs in again while work goes on keeps the vault open', () => {
  const { state, locks, pass, active } = office();
  state.working = true;
  active('ada');
  pass(10 * minute);
  active('ada');
  state.working = false;
  pass(4 * minute);
  expect(locks).toEqual([]);
});

test('a sleep that no host told of locks at once, on systems where the steady clock stands still', () => {
  const { time, locks, active, tick } = office();
  active('ada');
  time.wall += 8 * 60 * minute;
  time.steady += 5_000;
  tick();
  expect(locks).toEqual(['pause']);
});

test('an open vault in which nobody gets signed in is locked too, after a minute', () => {
  const { locks, pass } = office();
  pass(55_000);
  expect(locks).toEqual([]);
  pass(5_000);
  expect(locks).toEqual(['idle']);
});

test('after the last one has signed out the vault stays open for a minute', () => {
  const { locks, pass, active, leave } = office();
  active('ada');
  pass(minute);
  leave('ada');
  pass(minute);
  active('eve');
  pass(2 * minute);
  leave('eve');
  pass(minute);
  expect(locks).toEqual([]);
  pass(5_000);
  expect(locks).toEqual(['idle']);
});

test('a clock that is set back locks nobody out', () => {
  const { time, locks, pass, active } = office();
  active('ada');
  time.wall -= 365 * 24 * 60 * minute;
  pass(minute);
  expect(locks).toEqual([]);
});
