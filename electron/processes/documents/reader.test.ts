import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DocumentPage } from '../../core/contract/documents.ts';
import { listSamples } from '../../core/documents/samples.ts';
import type { OcrMode } from '../../core/documents/reader.protocol.ts';
import { scan } from '../../core/masking/scan.ts';
import type { Limits } from './limits.ts';
import { Reader } from './reader.ts';
import { encryptedPdf, endlessPdf, pdfWithContents, textPdf } from './testing/pdf-fixtures.ts';

const samples = path.join(import.meta.dirname, '../../../resources/samples');
const sample = (file: string) => readFileSync(path.join(samples, file));
const opened: Reader[] = [];
const readerWith = (limits: Partial<Limits> = {}) => {
  const reader = new Reader({ limits, ocrEngines: 1 });
  opened.push(reader);
  return reader;
};
afterAll(() => Promise.all(opened.map((reader) => reader.close())));

type File = { name: string; bytes: Uint8Array; ocr?: OcrMode };
async function read(reader: Reader, { name, bytes, ocr = 'auto' }: File, signal = new AbortController().signal) {
  const pages: DocumentPage[] = [];
  const result = await reader.read(
    { bytes, name, ocr },
    { signal, emit: (event) => void (event.type === 'page' && pages.push(event.page)) },
  );
  return { kind: result.kind, pageCount: result.pageCount, pages };
}
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? error,
  );

describe('Reader', () => {
  const reader = readerWith();

  it.each(listSamples(samples))(
    'finds every planted identifier of $file, and its text and words agree',
    async ({ file, kind, reading, identifiers, fields }) => {
      const document = await read(reader, { name: file, bytes: sample(file) });
      const [page] = document.pages;
      expect({ kind: document.kind, pages: document.pages.length, source: page?.source }).toEqual({ kind, pages: 1, source: reading });
      const text = page?.text ?? '';
      const found = new Set(scan(text).map((finding) => `${finding.type} ${finding.text}`));
      expect(found).toEqual(new Set(identifiers.map(({ type, value }) => `${type} ${value}`)));
      expect(Object.values(fields).filter((value) => !text.includes(value))).toEqual([]);
      expect(page?.words.map((word) => word.text).join('')).toBe(text.replace(/\s+/g, ''));
      for (const { box } of page?.words ?? []) {
        expect(box[0] >= 0 && box[1] >= 0 && box[0] < box[2] && box[1] < box[3] && box[2] <= page!.width && box[3] <= page!.height).toBe(
          true,
        );
      }
    },
  );

  it('boxes words where they are drawn, origin top left', async () => {
    const { pages } = await read(reader, { name: 'a.pdf', bytes: textPdf(['Hello wide world']) });
    const [hello] = pages[0]?.words ?? [];
    expect(pages[0]).toMatchObject({ width: 612, height: 792, text: 'Hello wide world' });
    expect(hello?.box[0]).toBe(72);
    expect(hello?.box[1]).toBeGreaterThan(792 - 700 - 12);
    expect(hello?.box[3]).toBeLessThan(792 - 700 + 4);
  });

  it.each([
    ['encrypted', 'a.pdf', encryptedPdf(), 'documents/encrypted'],
    ['damaged PDF', 'a.pdf', Buffer.from('%PDF-1.7\nnothing of a PDF'), 'documents/damaged'],
    ['damaged picture', 'a.png', sample('claim-photo.png').subarray(0, 20), 'documents/damaged'],
    ['picture cut in its data', 'a.png', Buffer.concat([sample('claim-photo.png').subarray(0, 60), Buffer.alloc(40)]), 'documents/damaged'],
    ['no bytes', 'a.pdf', new Uint8Array(0), 'documents/empty'],
    ['white space only', 'a.txt', Buffer.from(' \n\t\n'), 'documents/empty'],
    ['PDF named as a picture', 'a.png', textPdf(['x']), 'documents/wrong-extension'],
    ['picture named as a PDF', 'a.pdf', sample('claim-photo.png'), 'documents/wrong-extension'],
    ['bytes named as text', 'a.txt', Buffer.from([0, 1, 2, 3, 255, 254, 0, 7]), 'documents/wrong-extension'],
    ['Office file', 'a.docx', Buffer.from('PK\x03\x04rest'), 'documents/unsupported'],
  ])('refuses %s', async (_what, name, bytes, code) => {
    expect(await errorOf(read(reader, { name, bytes }))).toBe(code);
  });

  it('refuses what is over a limit before it costs anything', async () => {
    const small = readerWith({ bytes: 1000, pages: 2, pixels: 10_000 });
    expect(await errorOf(read(small, { name: 'a.txt', bytes: Buffer.alloc(1001, 'a') }))).toBe('documents/too-large');
    const tight = readerWith({ pages: 2, pixels: 10_000 });
    expect(await errorOf(read(tight, { name: 'a.pdf', bytes: textPdf(['1', '2', '3']) }))).toBe('documents/too-large');
    expect(await errorOf(read(tight, { name: 'a.png', bytes: sample('claim-photo.png') }))).toBe('documents/too-large');
  });

  it('leaves out a page that never ends, and reads the pages behind it', async () => {
    const hasty = readerWith({ silence: 1500 });
    const { pages } = await read(hasty, { name: 'a.pdf', bytes: endlessPdf() });
    expect(pages.map(({ number, text, problem }) => [number, text, problem?.code])).toEqual([
      [1, 'before', undefined],
      [2, '', 'documents/page-timed-out'],
      [3, 'after', undefined],
    ]);
  });

  it('leaves out a page whose OCR takes too long; a file of such pages only fails', async () => {
    const hasty = readerWith({ ocrPage: 5 });
    const line = `BT /F1 12 Tf 72 700 Td (${'enough stored text '.repeat(5)}) Tj ET`;
    const { pages } = await read(hasty, { name: 'a.pdf', bytes: pdfWithContents([line, '100 100 200 200 re f', line], []) });
    expect(pages.map(({ source, problem }) => [source, problem?.code])).toEqual([
      ['text', undefined],
      ['ocr', 'documents/page-timed-out'],
      ['text', undefined],
    ]);
    expect(await errorOf(read(hasty, { name: 'a.pdf', bytes: textPdf(['one']), ocr: 'always' }))).toBe('documents/timed-out');
  });

  it('stops when cancelled, and reads the next file', async () => {
    const abort = new AbortController();
    const reading = errorOf(read(reader, { name: 'a.pdf', bytes: sample('application-scan.pdf') }, abort.signal));
    setTimeout(() => abort.abort(), 50);
    expect(await reading).toBe('request/cancelled');
    const { pages } = await read(reader, { name: 'b.txt', bytes: Buffer.from('still here') });
    expect(pages[0]?.text).toBe('still here');
  });

  it('draws pages of every kind', async () => {
    const signal = new AbortController().signal;
    const context = { signal, emit: () => undefined };
    for (const [name, bytes] of [
      ['a.pdf', textPdf(['x'])],
      ['a.png', sample('claim-photo.png')],
      ['a.md', Buffer.from('# 标题\ntext')],
    ] as const) {
      const picture = await reader.renderPage({ name, bytes, number: 1, maxSide: 400 }, context);
      expect(Math.max(picture.width, picture.height)).toBe(400);
      expect(picture.bytes.length).toBeGreaterThan(500);
    }
    expect(await errorOf(reader.renderPage({ name: 'a.pdf', bytes: textPdf(['x']), number: 2, maxSide: 400 }, context))).toBe(
      'documents/no-such-page',
    );
  });
});
