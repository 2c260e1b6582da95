import { residentCheckCharacter } from '../checksums.ts';
import { introducedBy, labelled, orderLabel } from '../context.ts';
import { digitWindows } from '../digits.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

/** Province codes of GB/T 2260, and 81–83 of the residence permits for Hong Kong, Macao and Taiwan. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '),
);
const label = /身份证|身份號|证件号|证件号码|公民身份|居民身份|身份号|id[ _-]?(?:card|no|number)|identity|resident/i;
/** Scanned forms break the number anywhere, also over a line end. */
const gaps = ['space', 'hyphen', 'break'] as const;

/**
 * Chinese resident id number (GB 11643): region, date of birth, sequence, check character. 18 characters; the older
 * 15 digits carry no check and count only beside a label. A labelled number whose check fails is found with a lower
 * score: one digit misread by OCR still identifies the person.
 */
export const residentId: Recogniser = {
  type: 'cn-resident-id',
  examples: [
    { text: '身份证号：11010519491231002X。', found: '11010519491231002X', masked: '110105********002X' },
    { text: 'holder 440524 19800101 0013, male', found: '440524 19800101 0013', masked: '440524 ******** 0013' },
    {
      text: '公民身份号码１１０１０５１９４９１２３１００２ｘ',
      found: '１１０１０５１９４９１２３１００２ｘ',
      masked: '１１０１０５********００２ｘ',
    },
    {
      text: '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X',
      found: '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X',
      masked: '1 1 0 1 0 5 * * * * * * * * 0 0 2 X',
    },
    { text: '身份证：110105491231002', found: '110105491231002', masked: '110105*****1002' },
    { text: '身份证号 110105194912310021 （扫描）', found: '110105194912310021', masked: '110105********0021' },
  ],
  counterExamples: [
    '流水 110105194912310021',
    '990105194912310026',
    '11010519491331002X',
    'sha a11010519491231002Xf',
    '110105491231002',
    '20240102 13450012 345678',
  ],
  *find(source: Source): Iterable<Candidate> {
    const { text } = source;
    for (const window of digitWindows(source, { min: 15, max: 18, gaps, opens: ({ start }) => /[1-9]/.test(text.charAt(start)) })) {
      if (!provinces.has(window.digits.slice(0, 2)) || /\d/.test(text.charAt(window.start - window.prefix.length - 1))) continue;
      if (window.digits.length === 17) {
        const check = /^[ -]{0,2}[Xx](?![A-Za-z0-9])/.exec(text.slice(window.end, window.end + 4));
        if (check) yield* judge(text, window.start, window.end + check[0].length, `${window.digits}X`);
      } else if (window.glued || window.digits.length === 16) {
        continue;
      } else if (window.digits.length === 18) {
        yield* judge(text, window.start, window.end, window.digits);
      } else if (isDate(`19${window.digits.slice(6, 12)}`) && labelled(text, window.start, window.end, label)) {
        yield { start: window.start, end: window.end, score: 0.8 };
      }
    }
  },
};

function* judge(text: string, start: number, end: number, number: string): Iterable<Candidate> {
  if (!isDate(number.slice(6, 14))) return;
  const known = labelled(text, start, end, label);
  if (residentCheckCharacter(number) === number.charAt(17)) yield { start, end, score: known ? 1 : 0.95 };
  else if (known && !introducedBy(text, start, orderLabel)) yield { start, end, score: 0.6 };
}

/** `yyyymmdd` is a day of the calendar from 1850 on and not in a coming year. */
function isDate(day: string): boolean {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6, 8))];
  const parsed = new Date(Date.UTC(year, month - 1, date));
  return year >= 1850 && year <= new Date().getUTCFullYear() && parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === date;
}
