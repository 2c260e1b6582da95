import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { StartChild } from '../core/supervision/child.ts';
import { Supervised, type SupervisorTimings } from '../core/supervision/supervisor.ts';
import { adapt } from './fork-adapter.ts';

const fixture = fileURLToPath(new URL('testing/restless-child.ts', import.meta.url));
const started: Supervised[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((supervised) => supervised.stop()));
});

/** Starts children whose behaviours are taken in turn; the last one repeats. */
function supervise(behaviours: readonly string[], timings: Partial<SupervisorTimings> = {}) {
  const starts: number[] = [];
  const downs: string[] = [];
  const pongs = { count: 0 };
  const start: StartChild = () => {
    const behaviour = behaviours[Math.min(starts.length, behaviours.length - 1)] ?? '';
    const execPath = behaviour === 'no-program' ? '/no/such/program' : process.execPath;
    const child = fork(fixture, [behaviour], { execPath, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    starts.push(child.pid ?? 0);
    child.on('message', (message: { type: string }) => (pongs.count += message.type === 'pong' ? 1 : 0));
    return adapt(child);
  };
  const supervised = new Supervised({
    name: 'documents',
    start,
    timings: { firstBackOff: 10, heartbeatInterval: 50, ...timings },
    onMessage: () => undefined,
    onReady: () => undefined,
    onDown: (reason) => downs.push(reason),
    onState: () => undefined,
  });
  started.push(supervised);
  return { supervised, starts, downs, pongs };
}

const restarted = async (supervised: Supervised, times: number) => {
  await expect.poll(() => supervised.state.restarts, { timeout: 20_000 }).toBe(times);
  await supervised.ready();
};

test('a killed process comes back with a reason, an orderly stop is no crash', async () => {
  const { supervised, starts, downs } = supervise(['good']);
  await supervised.start();
  process.kill(supervised.state.pid ?? 0, 'SIGKILL');
  await restarted(supervised, 1);
  expect(supervised.state).toMatchObject({ state: 'ready', restarts: 1, lastExit: 'signal SIGKILL' });
  const old = supervised.state.pid;
  supervised.recycle();
  await supervised.ready();
  expect(supervised.state.pid).not.toBe(old);
  expect(starts).toHaveLength(3);
  await supervised.stop();
  expect(supervised.state).toEqual({ name: 'documents', state: 'stopped', pid: null, restarts: 1, lastExit: 'signal SIGKILL' });
  expect(downs).toEqual(['signal SIGKILL', 'stopped (code 0)', 'stopped (code 0)']);
});

test('a process that crashes at start is tried again until it holds', async () => {
  const { supervised } = supervise(['crash-at-start', 'crash-at-start', 'good']);
  await supervised.start();
  expect(supervised.state).toMatchObject({ state: 'ready', restarts: 2, lastExit: 'code 3' });
});

test('a process that never gets ready is replaced', async () => {
  const { supervised } = supervise(['silent', 'good'], { readyTimeout: 5_000 });
  await supervised.start();
  expect(supervised.state.restarts).toBe(1);
});

test('a process that answers no heartbeat is replaced', async () => {
  const { supervised } = supervise(['deaf', 'good'], { heartbeatTimeout: 300 });
  await supervised.start();
  await restarted(supervised, 1);
});

test('a process that does not stop is killed', async () => {
  const { supervised, downs } = supervise(['stubborn'], { stopTimeout: 200 });
  await supervised.start();
  await supervised.stop();
  expect(downs).toEqual(['stopped (signal SIGKILL)']);
});

test('a program that the system cannot start is tried again', async () => {
  const { supervised } = supervise(['no-program', 'good']);
  await supervised.start();
  expect(supervised.state).toMatchObject({ state: 'ready', restarts: 1, lastExit: expect.stringContaining('could not start') });
});

test('a clock that jumps (a machine that slept) is no missed heartbeat', async () => {
  const { supervised, pongs } = supervise(['good'], { heartbeatTimeout: 10_000 });
  await supervised.start();
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
  onTestFinished(() => now.mockRestore());
  const before = pongs.count;
  await expect.poll(() => pongs.count + supervised.state.restarts, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  expect(supervised.state.restarts).toBe(0);
});

test('a process that said how long it will be busy is left alone that long', async () => {
  const { supervised, pongs } = supervise(['busy'], { heartbeatTimeout: 200 });
  await supervised.start();
  await expect.poll(() => pongs.count + supervised.state.restarts, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(supervised.state.restarts).toBe(0);
});

test('a process that ends itself in order is replaced and has not crashed', async () => {
  const { supervised, starts } = supervise(['leaves', 'good']);
  await supervised.start();
  await expect.poll(() => starts.length, { timeout: 20_000 }).toBe(2);
  await supervised.ready();
  expect(supervised.state).toMatchObject({ state: 'ready', restarts: 0, lastExit: null });
});
