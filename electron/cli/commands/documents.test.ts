import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listSamples } from '../../core/documents/samples.ts';
import { run } from '../run.ts';

const samplesFolder = join(import.meta.dirname, '../../../resources/samples');
const folder = mkdtempSync(join(tmpdir(), 'redoubt-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Result = {
  file: string;
  ok: boolean;
  kind: string;
  seconds: number;
  error?: { code: string };
  pages: { number: number; source: string; text: string; words: unknown[] }[];
};

it('documents read: one result per file, in order; a bad one never stops the rest', async () => {
  const empty = join(folder, 'empty.pdf');
  writeFileSync(empty, '');
  const samples = listSamples(samplesFolder);
  const files = [empty, ...samples.map(({ file }) => join(samplesFolder, file)), join(folder, 'gone.pdf')];
  const { stdout, stderr, exit } = await run(['documents', 'read', ...files, '--json'], new AbortController().signal, () => undefined);
  const results = JSON.parse(stdout) as Result[];
  expect(results.map(({ file, ok, kind, error }) => ({ file, ok, kind, error: error?.code }))).toEqual([
    { file: files[0], ok: false, kind: 'unknown', error: 'documents/empty' },
    ...samples.map(({ kind }, index) => ({ file: files[index + 1], ok: true, kind, error: undefined })),
    { file: files.at(-1), ok: false, kind: 'unknown', error: 'files/not-found' },
  ]);
  for (const [index, { identifiers, reading }] of samples.entries()) {
    const [page] = results[index + 1]!.pages;
    expect(page).toMatchObject({
      number: 1,
      source: reading,
      words: expect.arrayContaining([{ text: expect.any(String), confidence: expect.any(Number), box: expect.any(Array) }]),
    });
    expect(identifiers.filter(({ value }) => !page?.text.includes(value))).toEqual([]);
  }
  expect({ stderr, exit }).toEqual({ stderr: '', exit: 1 });
});

it('documents read --ocr never leaves scans unread; another value is wrong usage', async () => {
  const scan = join(samplesFolder, 'application-scan.pdf');
  const read = await run(['documents', 'read', scan, '--ocr', 'never', '--json'], new AbortController().signal, () => undefined);
  expect((JSON.parse(read.stdout) as Result[])[0]?.pages).toEqual([{ number: 1, source: 'text', text: '', words: [] }]);
  expect((await run(['documents', 'read', scan, '--ocr', 'maybe'], new AbortController().signal, () => undefined)).exit).toBe(2);
});
