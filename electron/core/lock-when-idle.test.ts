import { expect, onTestFinished, test, vi } from 'vitest';
import { lockWhenIdle } from './lock-when-idle.ts';

test('a sign-out and a lock that cannot be recorded are logged, and happen all the same', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const full = new Error('SQLITE_FULL');
  const refuse = () => {
    throw full;
  };
  const sessions = new Set(['one', 'two']);
  const workspace = {
    identity: {
      sessions: {
        list: () => [...sessions].map((id) => ({ id, personId: id })),
        idleFor: () => 6 * 60_000,
        end: (id: string) => sessions.delete(id),
      },
    },
    policies: { current: { session: { idleMinutes: 5, lockWhileRunning: false } } },
    systemAct: (action: string) => ({ action, commit: refuse }),
    isWorking: () => false,
  };
  const bugs: unknown[] = [];
  const lock = vi.fn(refuse);
  const log = { info: () => undefined, bug: (_where: string, error: unknown) => bugs.push(error) };
  const idleLock = lockWhenIdle(workspace as never, log, lock);
  vi.advanceTimersByTime(60_000);
  idleLock.close();
  expect(sessions.size).toBe(0);
  expect(lock).toHaveBeenCalledExactlyOnceWith('idle');
  expect(bugs).toEqual([full, full, full]);
});
