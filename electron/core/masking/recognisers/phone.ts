import { introducedBy, labelled, orderLabel } from '../context.ts';
import { digitWindows } from '../digits.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label = /电话|座机|固话|传真|热线|联系方式|tel|phone|fax|call(?:ed)? |mobile|cell|reach (?:me|us)|contact(?: me| us| no| number)/i;
const strongLabel = /(?:电话|座机|固话|传真|联系方式|tel(?:ephone)?|phone(?:[ _]?(?:no|number))?|fax|mobile|cell)$/i;
/** Chinese area codes: 010, 02x, 03xx to 09xx. */
const areaCode = /^0(?:10|2[0-57-9]|[3-9]\d\d)/;

/** Numbers whose brackets or grouping say what they are: (0755) 8234567, (579) 888-3058, 780-999-2181, +46 (0)8 928 571 38. */
const forms = [
  /\(0\d{2,3}\) ?[2-8]\d{6,7}(?![0-9A-Za-z])/g,
  /\(\d{2,4}\) ?\d{3,4}[- .]\d{3,4}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z.-])[2-9]\d\d[-.]\d{3}[-.]\d{4}(?![0-9A-Za-z]|[-.]\d)/g,
  /\+\d{1,3} ?\(0\)[ -]?\d{1,4}(?:[ -]?\d{2,4}){1,4}(?![0-9A-Za-z])/g,
];

/** Land line and international numbers: an area code set apart, a leading +, or a label right before. */
export const phone: Recogniser = {
  type: 'phone',
  examples: [
    { text: '电话：010-62345678', found: '010-62345678', masked: '010-****5678' },
    { text: '(0755) 8234567', found: '(0755) 8234567', masked: '(0755) ***4567' },
    { text: 'ring +44 20 7946 0958', found: '+44 20 7946 0958', masked: '+44 ** **** 0958' },
    { text: 'phone: 555-867-5309', found: '555-867-5309', masked: '***-***-5309' },
  ],
  counterExamples: [
    'invoice 780-999-21810',
    '1.780.999.2181',
    '2010-62345678',
    '发票号码 010-62345678',
    '01062345678',
    '+5%',
    '12+34567890',
    '2024-01-02',
    'call on 2024-01-02 at 10:30',
  ],
  *find(source: Source): Iterable<Candidate> {
    const { text } = source;
    for (const { start, end, digits, shape, glued, gaps } of digitWindows(source, { min: 7, max: 15, gaps: ['space', 'hyphen', 'dot'] })) {
      if (glued || introducedBy(text, start, orderLabel) || looksLikeDate(digits, shape)) continue;
      const plus = text.charAt(start - 1) === '+' && !/[0-9A-Za-z]/.test(text.charAt(start - 2));
      if (plus && digits.length >= 8) yield { start: start - 1, end, score: 0.8 };
      else if (gaps[0] === 'hyphen' && shape.length === 2 && isLandline(digits, shape[0] ?? 0)) yield { start, end, score: 0.8 };
      else if (areaCode.test(digits) && digits.length <= 12 && digits.length >= 10 && labelled(text, start, end, label))
        yield { start, end, score: 0.8 };
      else if (introducedBy(text, start, strongLabel)) yield { start, end, score: 0.7 };
    }
    for (const form of forms) {
      for (const match of text.matchAll(form)) yield { start: match.index, end: match.index + match[0].length, score: 0.7 };
    }
  },
};

function isLandline(digits: string, area: number): boolean {
  const code = areaCode.exec(digits)?.[0].length;
  return code === area && /^[2-8]\d{6,7}$/.test(digits.slice(area));
}

function looksLikeDate(digits: string, shape: readonly number[]): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits) && (shape[0] === 4 || shape[0] === 8);
}
