import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsInRange } from '../../../core/documents/page-text.ts';
import { decodeText } from './encoding.ts';
import { layOutPage } from './layout.ts';
import { paginate } from './paginate.ts';

const chinese = '本合同由双方于二〇二六年六月签订，一式两份。\n电话：13700000731';
/** GBK bytes of 合同编号：一 (which GB18030 holds). */
const gbk = Buffer.from('bacfcdacb1e0bac5a3bad2bb', 'hex');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  it.each([
    ['utf-8', Buffer.from(chinese), chinese],
    ['utf-8', Buffer.from(`\ufeff${chinese}`), chinese],
    ['utf-16le', Buffer.from(`\ufeff${chinese}`, 'utf16le'), chinese],
    ['utf-16le', Buffer.from(chinese, 'utf16le'), chinese],
    ['utf-16be', utf16be(`\ufeff${chinese}`), chinese],
    ['utf-16be', utf16be('plain Latin text'), 'plain Latin text'],
    ['gb18030', gbk, '合同编号：一'],
    ['windows-1252', Buffer.from('caf\xe9 \x80 5 na\xefve', 'latin1'), 'café € 5 naïve'],
  ])('recognises %s', (encoding, bytes, text) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it('takes binary data for no text', () => {
    expect(decodeText(Buffer.from([0, 1, 2, 3, 0, 0, 9, 200, 0, 255]))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeText(bytes)));
  });
});

describe('paginate and layOutPage', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', 'B', '7', ' ', '\n', '\t', '中', '，', '😀', '.', '# ', '\f'), maxLength: 9000 });

  it('lose no character but white space, and words always agree with the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pages = paginate(text);
        expect(pages.join('').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
        for (const page of pages) {
          const { words } = layOutPage(page);
          expect(words.map((word) => word.text).join('')).toBe(page.replace(/\s+/g, ''));
          expect(words.every(({ box }) => box[2] <= 595 && box[0] < box[2])).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('cuts at a heading or blank line near the end of a page', () => {
    const section = `# Heading\n\n${'A sentence of some words. '.repeat(90)}\n\n`;
    expect(paginate(section.repeat(3)).map((page) => page.slice(0, 9))).toEqual(['# Heading', '# Heading', '# Heading']);
  });

  it('lets a range of the text find its words, however the text is spaced', () => {
    const text = '姓名：沈一诺\n电话：13700000731 转 2';
    const { words } = layOutPage(text);
    const start = text.indexOf('137');
    expect(wordsInRange({ text, words }, start, start + 11).map((word) => word.text)).toEqual(['13700000731']);
    expect(wordsInRange({ text, words }, start + 3, start + 4).map((word) => word.text)).toEqual(['13700000731']);
  });
});
