import { labelled } from '../context.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label = /邮箱|邮件|电邮|e-?mail|mailbox/i;
/** RFC 5321 lengths. */
const longestLocal = 64;
const longestDomain = 255;

/** E-mail address. Read outwards from each @, so that a text without addresses costs one pass. */
export const email: Recogniser = {
  type: 'email',
  examples: [
    { text: '邮箱zhang.san@example.com。', found: 'zhang.san@example.com', masked: 'z***@example.com' },
    { text: '<li_si+tag@mail.example.co.uk>', found: 'li_si+tag@mail.example.co.uk', masked: 'l***@mail.example.co.uk' },
    { text: 'ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', found: 'ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', masked: 'ｗ***＠ｅｘａｍｐｌｅ．ｃｏｍ' },
    { text: 'E-mail: zhao @ example.com', found: 'zhao @ example.com', masked: 'z*** @ example.com' },
  ],
  counterExamples: ['@example.com', 'a@b', 'lunch @ noon', 'price 3 @ 4.50', 'z***@example.com', 'user@-x'],
  *find({ text }: Source): Iterable<Candidate> {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const close = candidate(text, at, at + 1, at);
      if (close) yield { ...close, score: 0.95 };
      else if (text.charAt(at - 1) === ' ' || text.charAt(at + 1) === ' ') {
        const spaced = candidate(text, at - (text.charAt(at - 1) === ' ' ? 1 : 0), at + (text.charAt(at + 1) === ' ' ? 2 : 1), at);
        if (spaced && labelled(text, spaced.start, spaced.end, label)) yield { ...spaced, score: 0.8 };
      }
    }
  },
};

function candidate(text: string, localEnd: number, domainStart: number, at: number): { start: number; end: number } | null {
  const local = /[A-Za-z0-9._%+'-]+$/.exec(text.slice(Math.max(0, localEnd - longestLocal), localEnd))?.[0].replace(/^[.'%+-]+/, '') ?? '';
  const host = /^[A-Za-z0-9.-]+/.exec(text.slice(domainStart, domainStart + longestDomain))?.[0] ?? '';
  const domain = host.replace(/[.-]+$/, '');
  if (local === '' || at < 0 || !/^[A-Za-z0-9]/.test(domain) || !/\.[A-Za-z][A-Za-z0-9-]*[A-Za-z]$/.test(domain) || domain.includes('..'))
    return null;
  return { start: localEnd - local.length, end: domainStart + domain.length };
}
