import { luhn } from '../checksums.ts';
import { introducedBy, labelled, orderLabel } from '../context.ts';
import { digitWindows, type DigitWindow } from '../digits.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label = /银行卡|卡号|借记卡|信用卡|储蓄卡|账户|帐户|账号|帐号|银联|bank|card|credit|debit|visa|master ?card|unionpay|amex|\bpan\b/i;

/** Issuer prefixes in use and the lengths they come in (ISO/IEC 7812; UnionPay, Visa, Mastercard, Amex, JCB, Diners, Discover, Maestro, older Chinese debit). */
const issuers: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^62|^81/, lengths: [16, 17, 18, 19] },
  { prefix: /^4/, lengths: [16, 19] },
  { prefix: /^5[1-5]|^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^35(?:2[89]|[3-8])|^2131|^1800/, lengths: [15, 16] },
  { prefix: /^3(?:0[0-5]|[689])/, lengths: [14, 16] },
  { prefix: /^6011|^64[4-9]|^65/, lengths: [16, 19] },
  { prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:9558|95599|9843|9400|603|606|601)/, lengths: [16, 18, 19] },
];

/**
 * Payment card number: 13 to 19 digits with a Luhn check. Beside a label any such number counts; alone it must also
 * have the prefix, length and grouping of an issuer, because one number in ten passes Luhn by chance.
 */
export const bankCard: Recogniser = {
  type: 'bank-card',
  examples: [
    { text: '银行卡号：6222021234567890128', found: '6222021234567890128', masked: '6222***********0128' },
    { text: 'paid with 4111 1111 1111 1111 today', found: '4111 1111 1111 1111', masked: '4111 **** **** 1111' },
    {
      text: '卡号６２２２０２１２３４５６７８９０１２８',
      found: '６２２２０２１２３４５６７８９０１２８',
      masked: '６２２２***********０１２８',
    },
    { text: 'Card 5500-0055-5555-5559', found: '5500-0055-5555-5559', masked: '5500-****-****-5559' },
    {
      text: '6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0 1 2 8',
      found: '6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0 1 2 8',
      masked: '6 2 2 2 * * * * * * * * * * * 0 1 2 8',
    },
    { text: 'amex 3782 822463 10005', found: '3782 822463 10005', masked: '3782 ****** *0005' },
  ],
  counterExamples: [
    '6222021234567890129',
    'order 4111111111111111',
    '订单号：6222021234567890128',
    'a4111111111111111',
    '2024-01-02 10:11:12',
    '1700000000000',
    'QTY\n4971850134824\n1',
    '0000 0000 0000 0000',
  ],
  *find(source: Source): Iterable<Candidate> {
    const { text } = source;
    for (const window of digitWindows(source, { min: 13, max: 19, gaps: ['space', 'hyphen', 'break'] })) {
      const { start, end, digits } = window;
      if (window.glued || !luhn(digits) || /^(\d)\1*$/.test(digits)) continue;
      if (labelled(text, start, end, label) && !introducedBy(text, start, orderLabel)) yield { start, end, score: 0.95 };
      else if (window.prefix === '' && standsAlone(text, window) && !introducedBy(text, start, orderLabel))
        yield { start, end, score: 0.75 };
    }
  },
};

function standsAlone(text: string, { digits, shape, gaps, start }: DigitWindow): boolean {
  const known = issuers.some(({ prefix, lengths }) => prefix.test(digits) && lengths.includes(digits.length));
  const grouped =
    shape.length <= 2 ||
    shape.every((size) => size === 1) ||
    shape.slice(0, -1).every((size) => size === 4) ||
    /^4,6,[45]$/.test(shape.join());
  return known && grouped && !gaps.includes('break') && !/\d[.]$/.test(text.slice(Math.max(0, start - 2), start));
}
