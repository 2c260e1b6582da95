import { expect, test } from 'vitest';
import { monitorSample } from '../contract/monitor.ts';
import type { Log } from '../log.ts';
import { GpuProbe } from './gpu-probe.ts';
import { MonitorService, type MonitorSources } from './monitor.service.ts';

const sources: MonitorSources = {
  processes: () => [
    { name: 'core', state: 'ready', pid: process.pid, restarts: 0, lastExit: null },
    { name: 'inference', state: 'restarting', pid: null, restarts: 2, lastExit: 'signal SIGKILL' },
  ],
  inference: () => ({ tokensPerSecond: 12.5, active: 1, queued: 2, latencyP50Ms: 900, latencyP95Ms: null, firstTokenP50Ms: 80 }),
  documents: () => ({ queued: 4, reading: 1, pagesPerMinute: 30 }),
  runs: () => ({ running: 1, queued: 0 }),
};
const bugs: string[] = [];
const log: Log = { info: () => undefined, bug: (where) => bugs.push(where) };
const service = (change: Partial<MonitorSources> = {}, watchedMs = 5) =>
  new MonitorService({ ...sources, ...change }, log, new GpuProbe(null), { watchedMs, idleMs: 3_600_000 });

test('a watcher gets a whole sample at once and then one after the other; history holds them', async () => {
  const monitor = service();
  monitor.start();
  const seen = [];
  for await (const sample of monitor.watch()) {
    seen.push(sample);
    if (seen.length === 3) break;
  }
  expect(seen.map((sample) => monitorSample.parse(sample))).toEqual(seen);
  expect(monitor.history().slice(0, 3)).toEqual(seen);
  expect(seen[2]).toMatchObject({
    inference: sources.inference(),
    documents: sources.documents(),
    runs: sources.runs(),
    gpus: [],
    processes: [
      { name: 'core', state: 'ready', pid: process.pid },
      { name: 'inference', state: 'restarting', pid: null, residentBytes: null, cpu: null, restarts: 2, lastExit: 'signal SIGKILL' },
    ],
  });
  monitor.close();
});

test('without watchers it falls back to the slow pace', async () => {
  let taken = 0;
  const monitor = service({ runs: () => ({ running: ++taken, queued: 0 }) });
  monitor.start();
  const abort = new AbortController();
  const watched = (async () => {
    for await (const { runs } of monitor.watch(abort.signal)) if (runs.running >= 3) abort.abort();
  })();
  await watched;
  // The sample that was already planned may still come; after it the next is an hour away.
  await new Promise((resolve) => setTimeout(resolve, 60));
  const after = taken;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(taken).toBe(after);
  monitor.close();
});

test('closing ends every watcher', async () => {
  const monitor = service();
  const ended = (async () => {
    const seen = [];
    for await (const sample of monitor.watch()) {
      seen.push(sample);
      monitor.close();
    }
    return seen.length;
  })();
  expect(await ended).toBe(1);
  expect((await monitor.watch().next()).done).toBe(true);
});

test('a source that fails is reported and costs one sample, not the service', async () => {
  let calls = 0;
  const monitor = service({
    documents: () => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
      return sources.documents();
    },
  });
  const first = await monitor.watch().next();
  expect(first.done).toBe(false);
  expect(bugs).toEqual(['monitor.sample']);
  monitor.close();
});
