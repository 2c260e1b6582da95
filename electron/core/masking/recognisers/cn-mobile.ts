import { introducedBy, labelled, orderLabel } from '../context.ts';
import { digitWindows, type DigitWindow } from '../digits.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label = /手机|电话|联系|移动|号码|致电|tel|phone|mobile|cell|contact|call|whatsapp|微信/i;
const shapes = new Set(['11', '3,4,4', '3,8', '7,4', '3,3,5', '1,1,1,1,1,1,1,1,1,1,1']);

/** Mobile number of mainland China: 1, 3 to 9, nine more digits; with +86, 0086 or 86, and grouped in the usual ways. */
export const mobile: Recogniser = {
  type: 'cn-mobile',
  examples: [
    { text: '手机13800138000（微信同号）', found: '13800138000', masked: '138****8000' },
    { text: 'call +86 139-1234-5678 now', found: '+86 139-1234-5678', masked: '+86 139-****-5678' },
    { text: '(0086)15912345678', found: '15912345678', masked: '159****5678' },
    { text: '联系电话：１３８ ００１３ ８０００', found: '１３８ ００１３ ８０００', masked: '１３８ **** ８０００' },
    { text: '8613800138000', found: '8613800138000', masked: '86138****8000' },
    { text: '手机 1380 01380 00', found: '1380 01380 00', masked: '138* ***80 00' },
  ],
  counterExamples: [
    '12800138000',
    '订单号 13800138000',
    '1380013800',
    '138001380001',
    'f13800138000a',
    '0.13800138000',
    '2024-01-13 80 013 8000',
    '1500 1600 170',
  ],
  *find(source: Source): Iterable<Candidate> {
    const { text } = source;
    const opens = ({ start }: { start: number }) => /[108]/.test(text.charAt(start));
    for (const window of digitWindows(source, { min: 11, max: 15, gaps: ['space', 'hyphen', 'dot'], opens })) {
      const country = /^(?:00)?86(?=1)/.exec(window.digits)?.[0].length ?? 0;
      if (window.glued || window.digits.length - country !== 11 || !/^1[3-9]/.test(window.digits.slice(country))) continue;
      const start = text.charAt(window.start - 1) === '+' ? window.start - 1 : window.start;
      const known = labelled(text, start, window.end, label);
      if (known || (country > 0 && start < window.start)) yield { start, end: window.end, score: known ? 0.95 : 0.9 };
      else if (plain(text, window, country)) yield { start, end: window.end, score: 0.75 };
    }
  },
};

function plain(text: string, window: DigitWindow, country: number): boolean {
  if (
    window.prefix !== '' ||
    introducedBy(text, window.start, orderLabel) ||
    /\d\.$/.test(text.slice(Math.max(0, window.start - 2), window.start))
  )
    return false;
  const [head, ...rest] = window.shape;
  const shape = country > 0 ? (head === country ? rest : [(head ?? 0) - country, ...rest]) : window.shape;
  return shapes.has(shape.join()) && (!window.gaps.includes('dot') || window.gaps.every((gap) => gap === 'dot'));
}
