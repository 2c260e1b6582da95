import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { floorCost } from '../core/vault/kdf.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { Host } from './host.ts';
import { LocalServer } from './server.ts';

async function listening() {
  const around = temporaryFolder();
  const folder = join(around, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>page');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(around, 'page-secret.html'), 'secret');
  const host = new Host({ host: 'local', kdfCost: floorCost });
  const server = new LocalServer(host, folder);
  await host.start();
  await server.listen();
  onTestFinished(async () => {
    await server.close();
    await host.stop();
  });
  const link = new URL(server.newLink());
  return { server, link, authority: link.host, secret: '/../page-secret.html' };
}

type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> };

/** A raw request: neither path nor Host header is tidied up on the way. */
function get(authority: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const [hostname, port] = authority.split(':');
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host: authority, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.on('error', reject).end();
  });
}

async function cookieFrom(authority: string, link: URL): Promise<string> {
  const { headers } = await get(authority, `${link.pathname}${link.search}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

function openSocket(authority: string, headers: Record<string, string>): Promise<'open' | 'refused'> {
  const socket = new WebSocket(`ws://${authority}/rpc`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => (socket.terminate(), resolve('open')));
    socket.on('error', () => resolve('refused'));
  });
}

test('only a browser that came with the link, under the exact host name, is served', async () => {
  const { link, authority } = await listening();
  expect(await get(authority, '/')).toMatchObject({ status: 403 });
  expect(await get(authority, '/?token=wrong')).toMatchObject({ status: 403 });
  const entered = await get(authority, `${link.pathname}${link.search}`);
  expect(entered).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(String(entered.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  const cookie = await cookieFrom(authority, link);
  const page = await get(authority, '/', { cookie });
  expect(page).toMatchObject({
    status: 200,
    body: '<!doctype html>page',
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  for (const host of [
    'evil.example',
    'localhost',
    `evil.example:${authority.split(':')[1]}`,
    `127.0.0.1.nip.example:${authority.split(':')[1]}`,
  ])
    expect(await get(authority, '/', { cookie, host })).toMatchObject({ status: 421 });
  expect(await get(authority, '/', { cookie }, 'POST')).toMatchObject({ status: 405 });
});

test('a request line that is no address is refused and ends nothing', async () => {
  const { authority } = await listening();
  for (const path of ['//', '///', 'http://[', '/\\\\']) expect((await get(authority, path)).status).toBeGreaterThanOrEqual(400);
  expect(await get(authority, '/')).toMatchObject({ status: 403 });
});

test('nothing outside the page folder is read', async () => {
  const { link, authority, secret } = await listening();
  const cookie = await cookieFrom(authority, link);
  const paths = [
    secret,
    secret.replaceAll('/', '%2f'),
    secret.replace('..', '%2e%2e'),
    '/..%5c..%5cx.html',
    '/assets/../../x.html',
    '/%00.html',
    '/%',
    '/package.json',
    '/assets',
  ];
  for (const path of paths) {
    const answer = await get(authority, path, { cookie });
    expect(answer.body).not.toContain('secret');
    expect([400, 404]).toContain(answer.status);
  }
  expect(await get(authority, '/assets/a.js', { cookie })).toMatchObject({ status: 200, body: 'export {};' });
});

test('the channel opens for the page only, and then the link is spent', async () => {
  const { link, authority } = await listening();
  const cookie = await cookieFrom(authority, link);
  const origin = `http://${authority}`;
  expect(await openSocket(authority, { origin })).toBe('refused');
  expect(await openSocket(authority, { cookie })).toBe('refused');
  for (const foreign of ['http://evil.example', 'null', `https://${authority}`, `http://localhost:${authority.split(':')[1]}`])
    expect(await openSocket(authority, { cookie, origin: foreign })).toBe('refused');
  expect(await openSocket(authority, { cookie, origin, host: 'evil.example' })).toBe('refused');
  const early = await cookieFrom(authority, link);
  expect(await openSocket(authority, { cookie, origin })).toBe('open');
  // Who copied the link and was slower has nothing of it.
  expect(await get(authority, '/', { cookie: early })).toMatchObject({ status: 403 });
  expect(await openSocket(authority, { cookie: early, origin })).toBe('refused');
  expect(await get(authority, `${link.pathname}${link.search}`)).toMatchObject({ status: 403 });
});
