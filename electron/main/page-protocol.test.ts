import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageSegments } from '../core/page/files.ts';
import { contentSecurityPolicy } from '../core/page/headers.ts';
import { isPageUrl, pageResponder } from './page-protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'page-'));
const root = join(folder, 'renderer');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(root, 'index.html'), '<!doctype html>page');
writeFileSync(join(root, 'assets', 'index-CiB_3x.js'), 'export {};');
writeFileSync(join(root, 'assets', '.hidden.js'), 'secret');
writeFileSync(join(root, 'assets', 'data.unknown'), 'secret');
writeFileSync(join(folder, 'secret.json'), 'secret');
symlinkSync(join(folder, 'secret.json'), join(root, 'assets', 'link.json'));
const respond = pageResponder(root);
const get = async (url: string, method = 'GET') => {
  const response = await respond({ url, method } as Request);
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type'), headers: response.headers };
};

test('serves the page and its files with their kinds and the whole set of headers', async () => {
  const page = await get('app://redoubt/?x=1#/documents');
  expect({ status: page.status, body: page.body, type: page.type }).toEqual({
    status: 200,
    body: '<!doctype html>page',
    type: 'text/html; charset=utf-8',
  });
  const script = await get('app://redoubt/assets/index-CiB_3x.js');
  expect({ status: script.status, type: script.type }).toEqual({ status: 200, type: 'text/javascript; charset=utf-8' });
  for (const { headers } of [page, script, await get('app://redoubt/none.js')]) {
    expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

test.each([
  'app://redoubt/assets/.hidden.js',
  'app://redoubt/assets/data.unknown',
  'app://redoubt/assets/link.json',
  'app://redoubt/assets',
  'app://redoubt/assets/',
  'app://redoubt//assets/index-CiB_3x.js',
  'app://redoubt/../secret.json',
  'app://redoubt/%2e%2e/secret.json',
  'app://redoubt/..%2fsecret.json',
  'app://redoubt/..%5csecret.json',
  'app://redoubt/..\\secret.json',
  'app://redoubt/assets/..%252f..%252fsecret.json',
  'app://redoubt/%00index.html',
  'app://redoubt/index.html%00.js',
  'app://redoubt/index.html.',
  'app://redoubt/index.html%20',
  'app://redoubt/index.html::$DATA',
  'app://redoubt/C:/Windows/win.ini',
  'app://redoubt///server/share/x.json',
  'app://redoubt/\\\\server\\share\\x.json',
  'app://redoubt/NUL.json',
  'app://redoubt/aux',
  'app://evil/index.html',
  'app://redoubt.evil/index.html',
  'app://redoubt:80/index.html',
  'app://user@redoubt/index.html',
  'file:///etc/hostname',
  'https://redoubt/index.html',
  'not a url',
])('refuses %s', async (url) => {
  expect(await get(url)).toMatchObject({ status: 404, body: '' });
});

test('answers only reads', async () => {
  expect((await get('app://redoubt/', 'POST')).status).toBe(405);
  expect(await get('app://redoubt/', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

const hostilePart = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%5c',
    '\\',
    '/',
    '//',
    '%00',
    ':',
    'C:',
    'NUL',
    'assets',
    'secret.json',
    'link.json',
    '~',
    '$DATA',
    '＊',
    '․․',
    '%c0%ae',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

test('no path, however written, yields anything but a file below the root', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostilePart, { maxLength: 8 }), async (parts) => {
      const path = `/${parts.join('/')}`;
      const segments = pageSegments(path);
      if (segments) for (const segment of segments) expect(segment).toMatch(/^[A-Za-z0-9_@-][A-Za-z0-9_.@-]*$/);
      const { status, body } = await get(`app://redoubt${path}`);
      expect(body).not.toContain('secret');
      expect(status === 404 || (status === 200 && ['<!doctype html>page', 'export {};'].includes(body))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('knows its own addresses exactly', () => {
  expect(['app://redoubt/', 'app://redoubt/assets/a.js', 'app://redoubt'].every(isPageUrl)).toBe(true);
  expect(
    ['app://redoubtx/', 'app://x/redoubt/', 'APP://redoubt.x/', 'file:///', 'about:blank', 'javascript:1', 'data:text/html,x', ''].some(
      isPageUrl,
    ),
  ).toBe(false);
});
