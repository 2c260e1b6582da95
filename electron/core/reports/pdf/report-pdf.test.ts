import { fileURLToPath } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Section } from '../blocks.ts';
import { layOutReport } from './report-pdf.ts';

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url));
const long = `${'a-very-long_name.without/any-space'.repeat(9)}.pdf`;
const report = {
  id: 'report-1',
  title: `报告 ${long}`,
  createdAt: 0,
  createdBy: '张伟',
  organisation: { name: `示例医院 ${long}` },
  classification: '机密 · CONFIDENTIAL',
};
type Item = { str: string; x: number; y: number; right: number };

async function read(sections: Section[], language: 'en' | 'zh-CN' = 'en') {
  const pdf = await layOutReport({ ...report, language, sections }, resources);
  const bytes = await pdf.save({ subsetFonts: true });
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, disableFontFace: true, verbosity: 0 });
  const document = await task.promise;
  const pages: Item[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const texts = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []));
    pages.push(
      texts.map(({ str, transform, width }) => ({
        str,
        x: transform[4] as number,
        y: transform[5] as number,
        right: transform[4] + width,
      })),
    );
  }
  const outline = (await document.getOutline()) as { title: string; items: { title: string }[] }[] | null;
  const { info } = (await document.getMetadata()) as { info: { Language?: string; Title?: string } };
  const structure = (await (await document.getPage(1)).getStructTree()) as Tree | null;
  await task.destroy();
  return { pages, outline, info, structure, text: pages.map((page) => page.map(({ str }) => str).join('')) };
}

const table = (rows: string[][], titles = ['No.', 'What', 'How many']): Block => ({
  type: 'table',
  caption: 'Caption',
  columns: titles.map((title, index) => ({ title, align: index % 3 === 2 ? 'right' : 'left', share: 1 })),
  rows,
});
const nothingClipped = (pages: Item[][]) =>
  pages
    .flat()
    .filter(({ x, right, y }) => x < 55.9 || right > 542 || y < 16 || y > 842 - 16)
    .map(({ str }) => str);

type Tree = { role: string; alt?: string; children: Tree[] };

test('who has it read out hears headings, and what a chart says', async () => {
  const chart: Block = {
    type: 'chart',
    chart: 'bar',
    caption: 'Runs',
    unit: 'n',
    labels: ['May', 'June'],
    series: [{ name: 's', values: [1, 2000] }],
  };
  const { structure } = await read([
    { id: 'a', title: 'T', blocks: [{ type: 'heading', level: 2, text: 'H' }, chart, { type: 'text', text: 'x' }] },
  ]);
  const [document] = structure?.children ?? [];
  expect(document?.children.map(({ role, alt }) => [role, alt ?? null])).toEqual([
    ['P', null],
    ['H1', null],
    ['P', null],
    ['H2', null],
    ['H3', null],
    ['Figure', 'Runs (n). May: 1; June: 2,000'],
    ['P', null],
  ]);
});

test('every page has its number, its banners and, where a table goes on, the head of the table', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => [String(index), `what ${index}`, '1']);
  const { pages, text, outline, info } = await read([
    { id: 'a', title: 'First', blocks: [{ type: 'heading', level: 2, text: '二级' }, table(rows)] },
    { id: 'b', title: 'Second', blocks: [] },
  ]);
  expect(pages.length).toBeGreaterThan(10);
  for (const [index, page] of text.entries()) {
    expect(page).toContain(`${index + 1} / ${pages.length}`);
    expect(page.replaceAll(' ', '').match(/机密·CONFIDENTIAL/g)).toHaveLength(2);
    if (page.includes('what 4')) expect(page).toContain('How many');
  }
  const all = text.join('\n');
  for (const [, what] of rows) expect(all).toContain(what);
  expect(outline?.map(({ title, items }) => [title, items.map((item) => item.title)])).toEqual([
    ['First', ['二级']],
    ['Second', []],
  ]);
  expect(info).toMatchObject({ Language: 'en', Title: report.title });
  expect(nothingClipped(pages)).toEqual([]);
});

test('a row longer than pages, thirty columns, words without end: nothing is lost or leaves the page', async () => {
  const wide = Array.from({ length: 30 }, (_, index) => `Column${index}`);
  const endless = Array.from({ length: 900 }, (_, index) => `w${index}`);
  const evidence = Array.from({ length: 120 }, (_, index) => `evidence ${index} ${long}`);
  const { pages, text } = await read([
    {
      id: 'a',
      title: long,
      blocks: [table([['1', endless.join(' '), '2']]), table([wide.map((_, index) => `cell${index}.${long.slice(0, 40)}`)], wide)],
    },
    {
      id: 'b',
      title: '',
      blocks: [
        { type: 'facts', rows: [{ label: long, value: long }] },
        { type: 'notice', tone: 'warning', text: endless.join('\n') },
      ],
    },
    { id: 'c', title: 'C', blocks: [{ type: 'controls', items: [{ reference: '1', title: long, status: 'customer', evidence }] }] },
    { id: 'd', title: 'D', blocks: [{ type: 'list', ordered: true, items: endless }] },
  ]);
  expect(nothingClipped(pages)).toEqual([]);
  const all = text.join('').replace(/\s/g, '');
  for (const each of [...endless, ...wide, ...wide.map((_, index) => `cell${index}.`), 'evidence119']) expect(all).toContain(each);
});

test('what no font has is shown as its code point, never as a box', async () => {
  const given = '𠀀 😀 \u202E\u0007 ش ก ① Ⅷ é 中文㐀';
  const { text } = await read([{ id: 'a', title: 'T', blocks: [{ type: 'text', text: given }] }]);
  expect(text.join('').replaceAll(' ', '')).toContain('[U+20000][U+1F600][U+202E][U+0007][U+0634][U+0E01](1)VIIIé中文㐀');
});

test('charts of any figures keep to the page and say each label that has room', async () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  const chart = fc.record({
    chart: fc.constantFrom('bar' as const, 'line' as const),
    values: fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 50 }), value, value), { maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(chart, async ({ chart: kind, values }) => {
      const block: Block = {
        type: 'chart',
        chart: kind,
        caption: 'Chart',
        unit: 'ms',
        labels: values.map(([label]) => label),
        series: [1, 2].map((index) => ({ name: `series ${index}`, values: values.map((each) => Number(each[index])) })),
      };
      const { pages, text } = await read([{ id: 'a', title: 'T', blocks: [block] }], 'zh-CN');
      expect(nothingClipped(pages)).toEqual([]);
      expect(text.join('')).toContain(values.length === 0 ? '没有数据。' : 'series 2');
    }),
    { numRuns: 25 },
  );
});
