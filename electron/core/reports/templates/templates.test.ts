import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test, vi } from 'vitest';
import type { Client } from '../../../local/client.ts';
import { openHost } from '../../cases/people.fixture.ts';
import { reportKind, reportLanguage } from '../../contract/reports.ts';
import { temporaryFolder } from '../../testing/folder.ts';

// Real processes, each with its start.
vi.setConfig({ testTimeout: 180_000 });

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  );

test('each kind and language has a template; own ones are checked, kept and removed', async () => {
  const { owner } = await openHost();
  const builtIn = await owner.templates.list();
  const pairs = reportKind.options.flatMap((kind) => reportLanguage.options.map((language) => `${kind} ${language}`));
  expect(builtIn.map(({ kind, language }) => `${kind} ${language}`)).toEqual(pairs);
  const sample = { kind: 'case', language: 'zh-CN', text: '{% sections %}' } as const;
  const { problems, preview } = await owner.templates.preview({ ...sample, page: 1000 });
  expect(problems).toEqual([]);
  expect(preview?.picture.page).toBe(preview?.pages);
  expect(preview?.pdfBase64.startsWith(Buffer.from('%PDF-1').toString('base64'))).toBe(true);
  const template = { kind: 'run', language: 'en', name: 'Short', text: '# Only this\n\n{% section "summary" %}' } as const;
  const saved = await owner.templates.save(template);
  expect(await owner.templates.save({ ...template, id: saved.id, name: 'Shorter' })).toMatchObject({ id: saved.id, builtIn: false });
  const listed = await owner.templates.list({ kind: 'run', language: 'en' });
  expect(listed.map(({ name }) => name)).toEqual(['Run report', 'Shorter']);

  const [first] = builtIn;
  const wrong = owner.templates.save({ ...template, text: 'a\n\n{% section "sumary" %}' });
  await expect(wrong).rejects.toMatchObject({
    code: 'templates/invalid',
    data: { line: 3, name: 'sumary', problem: 'templates/unknown-section' },
  });
  expect(await codeOf(owner.templates.save({ ...template, id: first?.id }))).toBe('templates/built-in');
  expect(await codeOf(owner.templates.remove({ id: first?.id ?? '' }))).toBe('templates/built-in');
  expect(await codeOf(owner.templates.remove({ id: 'nobody' }))).toBe('templates/not-found');
  await owner.templates.remove({ id: saved.id });
  expect(await owner.templates.list()).toEqual(builtIn);
});

test('a logo is decoded elsewhere and kept as a small PNG; what is no picture is refused and changes nothing', async () => {
  const { owner } = await openHost();
  const name = '示例医院';
  await setLogo(owner, picture('image/png'), name);
  const first = await owner.templates.organisation();
  expect(first).toMatchObject({ name, classification: '机密', logo: { width: 800, height: 200 } });
  const kept = await loadImage(Buffer.from(first.logo?.base64 ?? '', 'base64'));
  const canvas = createCanvas(kept.width, kept.height);
  canvas.getContext('2d').drawImage(kept, 0, 0);
  const pixel = (x: number) => [...canvas.getContext('2d').getImageData(x, 100, 1, 1).data];
  expect([pixel(100), pixel(700)]).toEqual([
    [200, 30, 30, 255],
    [0, 0, 0, 0],
  ]);
  const { preview } = await owner.templates.preview({ kind: 'run', language: 'zh-CN', text: '你好 {{ organisation.name }}' });
  expect(Buffer.from(preview?.pdfBase64 ?? '', 'base64').includes('/Subtype /Image')).toBe(true);

  const png = picture('image/png');
  const refused = {
    'templates/logo-kind': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'templates/logo-too-large': Buffer.concat([png, Buffer.alloc(1024 * 1024)]),
    'documents/damaged': png.subarray(0, png.length / 2),
    'documents/too-large': bomb(60_000),
  };
  for (const [code, bytes] of Object.entries(refused)) {
    const got = await codeOf(setLogo(owner, bytes));
    expect([code, got === 'files/too-large' ? 'templates/logo-too-large' : got]).toEqual([code, code]);
  }
  expect(await owner.templates.organisation()).toEqual(first);
  const keeping = await owner.templates.setOrganisation({ name: 'B', classification: null });
  expect(keeping).toMatchObject({ name: 'B', classification: null, logo: first.logo });
  await setLogo(owner, picture('image/jpeg'));
  expect((await owner.templates.organisation()).logo).toMatchObject({ width: 800, height: 200 });
  expect((await owner.templates.setOrganisation({ name: null, classification: null, logo: null })).logo).toBeNull();
});

function setLogo(client: Client, bytes: Uint8Array, name = 'A') {
  const path = join(temporaryFolder(), 'logo.png');
  writeFileSync(path, bytes);
  return client.templates.setOrganisation({ name, classification: '机密', logo: { kind: 'path', path } });
}

/** Red at the left, nothing at the right. */
function picture(type: 'image/png' | 'image/jpeg'): Buffer {
  const canvas = createCanvas(1600, 400);
  const context = canvas.getContext('2d');
  context.fillStyle = 'rgb(200, 30, 30)';
  context.fillRect(0, 0, 800, 400);
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
}

/** A small PNG of `side` × `side` pixels: more than is ever decoded. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
