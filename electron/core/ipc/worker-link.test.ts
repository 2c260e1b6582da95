import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { serveCalls } from './calls.ts';
import { socketChannel } from './socket-channel.ts';
import { WorkerLink } from './worker-link.ts';

type Protocol = {
  echo: { params: Uint8Array; event: number; result: { bytes: Uint8Array; at: Date } };
  wait: { params: null; event: never; result: null };
};

async function pair(): Promise<[Socket, Socket]> {
  const path = process.platform === 'win32' ? String.raw`\\.\pipe\redoubt-test-${process.pid}` : join(temporaryFolder(), 'socket');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const ours = connect(path);
  const [theirs] = (await once(server, 'connection')) as [Socket];
  server.close();
  onTestFinished(() => {
    ours.destroy();
    theirs.destroy();
  });
  return [ours, theirs];
}

const never = () => new Promise<never>(() => undefined);

test('calls, events and bytes of any size cross a socket; one that is replaced or breaks fails what waits on it', async () => {
  const [ours, theirs] = await pair();
  const bugs: unknown[] = [];
  const handlers = {
    echo: async (bytes: Uint8Array, { emit }: { emit(event: number): void }) => {
      for (let count = 0; count < 3; count += 1) emit(count);
      return { bytes, at: new Date(bytes.length) };
    },
    wait: never,
  };
  serveCalls<Protocol>(socketChannel(theirs), handlers, (error) => bugs.push(error));
  const link = new WorkerLink<Protocol>('documents');
  const early = link.call('echo', new Uint8Array([1, 2, 3]));
  link.up(socketChannel(ours));
  expect(await early).toEqual({ bytes: new Uint8Array([1, 2, 3]), at: new Date(3) });
  const events: number[] = [];
  const large = new Uint8Array(5_000_000).map((_, index) => index);
  const answers = await Promise.all([
    link.call('echo', large, { onEvent: (event) => events.push(event) }),
    link.call('echo', new Uint8Array(0)),
  ]);
  expect(answers.map(({ bytes }) => bytes.length)).toEqual([5_000_000, 0]);
  expect(Buffer.from(answers[0].bytes).equals(Buffer.from(large))).toBe(true);
  expect({ events, bugs }).toEqual({ events: [0, 1, 2], bugs: [] });

  const downs: string[] = [];
  link.onDown((reason) => downs.push(reason));
  const waiting = link.call('wait', null);
  link.down('signal SIGKILL');
  await expect(waiting).rejects.toMatchObject({ code: 'process/unavailable', details: { reason: 'signal SIGKILL' } });

  // A frame that is no message ends the connection and not the process.
  const [broken, hostile] = await pair();
  link.up(socketChannel(broken));
  const asked = link.call('wait', null);
  hostile.write(Buffer.from([0, 0, 0, 2, 0xff, 0xff]));
  await expect(asked).rejects.toMatchObject({ code: 'process/unavailable' });
  expect(downs).toEqual(['signal SIGKILL', 'the channel closed']);
});
