import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luhn, residentCheckCharacter } from './checksums.ts';
import { maskText } from './mask.ts';
import { scan } from './scan.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const day = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2015-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const residentIds = fc
  .tuple(fc.constantFrom('110105', '310115', '440524', '510104', '650103'), day, digits(3))
  .map((parts) => parts.join(''))
  .map((first) => first + residentCheckCharacter(first));
const cards = fc
  .tuple(fc.constantFrom('622202', '621700', '622848'), digits(12))
  .map((parts) => parts.join(''))
  .map((first) => first + '0123456789'.split('').find((check) => luhn(first + check)));
const mobiles = fc.tuple(fc.constantFrom('13', '15', '17', '18', '19'), digits(9)).map((parts) => parts.join(''));
const emails = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/), fc.constantFrom('example.com', 'mail.example.cn'))
  .map((parts) => parts.join('@'));

/** Writes a number the way forms, people and OCR do. */
const written = (numbers: fc.Arbitrary<string>) =>
  fc.tuple(numbers, fc.constantFrom('plain', 'full-width', 'fours', 'letter-spaced')).map(([number, style]) => {
    if (style === 'full-width') return number.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    if (style === 'fours') return number.replace(/(.{4})(?=.)/g, '$1 ');
    return style === 'letter-spaced' ? number.split('').join(' ') : number;
  });
const planted = fc.oneof(
  written(residentIds).map((text) => ({ text, label: '身份证号：' })),
  written(cards).map((text) => ({ text, label: '银行卡号 ' })),
  fc.tuple(written(mobiles), fc.constantFrom('', '+86 ')).map(([text, prefix]) => ({ text: prefix + text, label: '手机：' })),
  emails.map((text) => ({ text, label: 'E-mail: ' })),
);
const filler = fc.constantFrom(
  '本合同自签订之日起生效。',
  ' Amount due 1,250.00 CNY; ',
  '\n',
  ' 2024-11-05 ',
  ' order ',
  '（扫描件）',
  ' page 3 of 12 ',
);

const plain = (text: string) => text.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();

describe('masking', () => {
  test('finds and hides every planted identifier, in any writing, and leaves nothing to find', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, planted), { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.map(([around, { label, text }]) => `${around}${label}${text}；`).join('');
        const masked = maskText(text);
        expect(masked.findings).toHaveLength(parts.length);
        for (const [, { text }] of parts) expect(plain(masked.text)).not.toContain(plain(text).replace(/^\+86/, ''));
        expect(scan(masked.text)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('any text: findings are in order, exact slices, and masking leaves none', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'0123456789012345678９ -\n.:@aXx+中/e('.split(''), '手机', '卡号', '\u200b', '@b.co', '62', '138', 'GB82'),
      maxLength: 400,
    });
    fc.assert(
      fc.property(noise, (text) => {
        let last = 0;
        const { findings, text: masked } = maskText(text);
        for (const { start, end, text: found } of findings) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(found).toBe(text.slice(start, end));
          last = end;
        }
        expect(scan(masked)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('hard negatives: order numbers, hashes, dates, amounts', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{40}$/).filter((hash) => /[a-f]/.test(hash.slice(0, 8)) && /[a-f]/.test(hash.slice(-8)));
    const negatives = fc.oneof(
      digits(12).map((number) => `订单号：2024${number}`),
      digits(8).map((number) => `Order no. 13${number}1`),
      hex.filter((hash) => !/\d{9,}/.test(hash)).map((hash) => `sha1 ${hash}`),
      fc.uuid().filter((id) => /[a-f]/.test(id.slice(-12)) && /[a-f]/.test(id.slice(0, 8))),
      fc.date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer({ min: 1, max: 9_999_999 }).map((amount) => `合计 ¥${(amount / 100).toLocaleString('en')}`),
      fc.integer({ min: 1_600_000_000_000, max: 1_799_999_999_999 }).map((at) => `ts=${at} ms`),
    );
    fc.assert(
      fc.property(negatives, (text) => {
        expect(scan(text)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('a number wrapped over a line end and numbers beside each other are found', () => {
    const { text, findings } = maskText('身份证号 11010519491231\n002X 手机 13800138000 13900139000\t卡号 6222021234567890128');
    expect(findings.map(({ type }) => type)).toEqual(['cn-resident-id', 'cn-mobile', 'cn-mobile', 'bank-card']);
    expect(text).toBe('身份证号 110105********\n002X 手机 138****8000 139****9000\t卡号 6222***********0128');
  });

  test('only the wanted types are masked', () => {
    expect(maskText('13800138000 a.b@example.com', { types: ['email'] }).text).toBe('13800138000 a***@example.com');
  });
});
