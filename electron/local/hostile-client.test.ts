import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { floorCost } from '../core/vault/kdf.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';
import { LocalServer } from './server.ts';
import { WebSocket } from 'ws';

async function running() {
  const host = new Host({ host: 'local', kdfCost: floorCost, onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  return host;
}

const core = (host: Host) => host.processes.find(({ name }) => name === 'core');

test('messages that are no calls end neither core nor the other clients', async () => {
  const host = await running();
  const { client } = connectClient(host);
  const hostile = host.connect(false, { onMessage: () => undefined, onClose: () => undefined });
  const messages: (string | Uint8Array)[] = [
    '',
    'x',
    '{',
    '[]',
    'null',
    '1',
    '{}',
    '{"i":null}',
    '{"i":"1","p":null}',
    '{"i":"2","p":{"u":"nowhere"}}',
    '{"i":"3","p":{"u":"http://["}}',
    '{"i":"4","t":99,"p":{}}',
    '{"i":"5","p":{"u":"/__proto__/constructor","b":{"json":{}}}}',
    '{"i":"6","p":{"u":"/vault/status","h":5,"b":"{"}}',
    '{"i":"7","p":{"u":"/vault/unlock","b":{"json":{"userName":{},"password":[]},"meta":[[9,"x"]],"maps":[["a"]]}}}',
    new Uint8Array(0),
    new Uint8Array([0xff]),
    new Uint8Array(Buffer.from('{"i":"8"}\xff\xff', 'latin1')),
    new Uint8Array(1000),
  ];
  for (const message of messages) hostile.send(message);
  for (let calls = 0; calls < 5; calls += 1) expect(await client.vault.status()).toMatchObject({ state: 'absent' });
  expect(core(host)?.restarts).toBe(0);
});

test('a connection that breaks while it asks for the channel ends nothing', async () => {
  const host = await running();
  const server = new LocalServer(host, temporaryFolder());
  await server.listen();
  onTestFinished(() => server.close());
  const { host: authority, hostname, port } = new URL(server.newLink());
  const ask = `GET /rpc HTTP/1.1\r\nHost: ${authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
  for (let index = 0; index < 20; index += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(ask.repeat(5));
        setImmediate(() => {
          socket.resetAndDestroy();
          resolve();
        });
      });
      socket.on('error', () => undefined);
    });
  }
  expect((await fetch(`http://${authority}/`)).status).toBe(403);
});

test('a page that stops reading is let go, and what it asked for is not heaped up', async () => {
  const host = await running();
  const server = new LocalServer(host, temporaryFolder());
  await server.listen();
  onTestFinished(() => server.close());
  const { client } = connectClient(host);
  const { token } = await client.vault.create({ userName: 'ada', displayName: 'Ada', password: 'correct horse battery' });
  const link = new URL(server.newLink());
  const entered = await fetch(link, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${link.host}/rpc`, { headers: { cookie, origin: link.origin } });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const ask = (id: number, path: string, input: unknown) =>
    socket.send(JSON.stringify({ i: String(id), p: { u: path, b: { json: input } } }));
  ask(0, '/identity/resume', { token });
  await once(socket, 'message');
  const config = { filler: 'x'.repeat(2_000_000) };
  const { id } = await client.flows.create({
    document: { redoubt: 'flow/1', name: 'large', nodes: [{ id: 'a', type: 'input', position: { x: 0, y: 0 }, config }], edges: [] },
  });
  let answers = 0;
  socket.on('message', () => (answers += 1));
  const ended = once(socket, 'close');
  socket.pause();
  const asked = 100;
  for (let call = 1; call <= asked; call += 1) ask(call, '/flows/get', { id });
  // The page reads again only after core has answered more than it keeps for anybody.
  await expect.poll(() => socket.bufferedAmount, { timeout: 30_000 }).toBe(0);
  for (let call = 0; call < 3; call += 1) await client.flows.get({ id });
  socket.resume();
  await ended;
  expect(answers).toBeLessThan(asked);
  expect(core(host)?.restarts).toBe(0);
});

test('core holds the limits of what the host handed over: pages at a time, bytes at a time', async () => {
  const host = await running();
  const server = new LocalServer(host, temporaryFolder());
  await server.listen();
  onTestFinished(() => server.close());
  const link = new URL(server.newLink());
  const cookie = (await fetch(link, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const open = async () => {
    const socket = new WebSocket(`ws://${link.host}/rpc`, { headers: { cookie, origin: link.origin } });
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    return socket;
  };
  const pages = await Promise.all(Array.from({ length: 64 }, open));
  await expect(open()).rejects.toThrow('503');
  const [first, second] = pages;
  first?.close();
  await expect
    .poll(
      () =>
        open().then(
          () => 'open',
          () => 'refused',
        ),
      { timeout: 20_000 },
    )
    .toBe('open');
  second?.send('x'.repeat(4 * 1024 * 1024 + 1));
  const [code] = (await once(second as WebSocket, 'close')) as [number];
  expect(code).toBe(1009);
  expect(core(host)?.restarts).toBe(0);
});

test('a client that connects while core is not there is told so', async () => {
  const host = new Host({ host: 'cli', kdfCost: floorCost, onLog: () => undefined });
  onTestFinished(() => host.stop());
  expect(await connectClient(host).closed).toBe('core is not running');
});
