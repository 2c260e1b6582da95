import { PassThrough } from 'node:stream';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Application } from '../core/supervision/application.ts';
import type { ChildName, FromChild } from '../core/supervision/messages.ts';
import { AppDouble, UtilityDouble } from './testing/electron-double.ts';
import { startUtility, type UtilityOptions } from './utility-adapter.ts';

function adapter(change: Partial<UtilityOptions> = {}) {
  const app = new AppDouble('/nowhere');
  const forked: UtilityDouble[] = [];
  const lines: string[] = [];
  const start = startUtility({
    app,
    fork: (entry, _args, options) => {
      const child = new UtilityDouble(entry, options, { stdout: new PassThrough(), stderr: new PassThrough() });
      forked.push(child);
      return child;
    },
    entry: (name) => `/out/processes/${name}.js`,
    args: () => [],
    env: (name) => ({ NAME: name }),
    onLine: (name, stream, line) => lines.push(`${name} ${stream} ${line}`),
    ...change,
  });
  return { app, forked, lines, start };
}

test('starts each process under its own name, with its own environment and pipes', () => {
  const { forked, start } = adapter();
  start('inference');
  expect(forked.map(({ entry, options }) => ({ entry, options }))).toEqual([
    {
      entry: '/out/processes/inference.js',
      options: { serviceName: 'redoubt-inference', stdio: 'pipe', env: { NAME: 'inference' }, execArgv: [] },
    },
  ]);
});

test('passes messages, ports and lines of output, and nothing after the end', async () => {
  const { forked, lines, start } = adapter();
  const child = start('core');
  const heard: FromChild[] = [];
  child.onMessage((message) => heard.push(message));
  const utility = forked[0] as UtilityDouble;
  const port = { port: 1 };
  child.post({ type: 'client/open', clientId: 'a', paths: true }, [port]);
  utility.emit('message', { type: 'ready' });
  const stderr = utility.stderr as PassThrough;
  stderr.end('first\nsecond');
  await once(stderr, 'close');
  await new Promise((resolve) => setImmediate(resolve));
  utility.emit('exit', 0);
  child.post({ type: 'ping' });
  expect({ heard, lines, received: utility.received }).toEqual({
    heard: [{ type: 'ready' }],
    lines: ['core stderr first', 'core stderr second'],
    received: [{ message: { type: 'client/open', clientId: 'a', paths: true }, ports: [port] }],
  });
});

test('says why a process ended', () => {
  const { app, forked, start } = adapter();
  const reasons: string[] = [];
  const run = (name: ChildName) => {
    start(name).onExit((reason) => reasons.push(reason));
    return forked.at(-1) as UtilityDouble;
  };
  run('core').emit('exit', 0);
  const killed = run('core');
  app.emit('child-process-gone', {}, { type: 'Utility', name: 'redoubt-core', reason: 'killed', exitCode: 9 });
  killed.emit('exit', 9);
  // What was said of an earlier process of that name does not stick to its successor.
  run('core').emit('exit', 3);
  const fatal = run('inference');
  fatal.emit('error', 'FatalError', 'somewhere');
  fatal.emit('exit', 133);
  expect(reasons).toEqual(['code 0', 'code 9, killed', 'code 3', 'code 133, fatal engine error']);
});

test('ends a process that does not listen', async () => {
  const stuck = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e6);"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(stuck.stdout, 'data');
  const { forked, start } = adapter();
  const child = start('documents');
  const [utility] = forked;
  if (utility) utility.pid = stuck.pid;
  child.kill();
  const [, signal] = (await once(stuck, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
});

test('the supervised application runs on it: ready, crash, restart, orderly stop', async () => {
  const { forked, start } = adapter();
  const down: string[] = [];
  const application = new Application({
    start,
    createChannel: () => Promise.reject(new Error('not here')),
    onClientMessage: () => undefined,
    onCoreDown: (reason) => down.push(reason),
    timings: { firstBackOff: 1, largestBackOff: 1 },
  });
  const answering = new Set<UtilityDouble>();
  /** Lets every process that was started and has not answered say that it is ready, and end when it is told to stop. */
  const answer = () => {
    for (const child of forked) {
      if (answering.has(child)) continue;
      answering.add(child);
      child.postMessage = (message) => {
        if ((message as { type: string }).type === 'stop') queueMicrotask(() => child.emit('exit', 0));
      };
      child.emit('message', { type: 'ready' });
    }
  };
  const started = application.start();
  answer();
  await started;
  forked.find(({ entry }) => entry.includes('core'))?.emit('exit', 5);
  const ready = application.coreReady();
  await expect.poll(() => forked.length).toBe(4);
  answer();
  await ready;
  await application.stop();
  expect(down).toEqual(['code 5', 'stopped (code 0)']);
  expect(application.processes.map(({ name, state, restarts, lastExit }) => ({ name, state, restarts, lastExit }))).toEqual([
    { name: 'main', state: 'ready', restarts: 0, lastExit: null },
    { name: 'core', state: 'stopped', restarts: 1, lastExit: 'code 5' },
    { name: 'inference', state: 'stopped', restarts: 0, lastExit: null },
    { name: 'documents', state: 'stopped', restarts: 0, lastExit: null },
  ]);
});
