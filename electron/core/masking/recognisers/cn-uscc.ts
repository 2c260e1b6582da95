import { socialCreditCheckCharacter } from '../checksums.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

/** Unified social credit code of an organisation or a sole trader (GB 32100-2015): 18 characters with a check. */
export const socialCredit: Recogniser = {
  type: 'cn-uscc',
  examples: [{ text: '统一社会信用代码：91350100M000100Y43', found: '91350100M000100Y43', masked: '9135**********0Y43' }],
  counterExamples: ['91350100M000100Y44', 'x91350100M000100Y43', '9I350100M000100Y43'],
  *find({ text }: Source): Iterable<Candidate> {
    for (const match of text.matchAll(/(?<![0-9A-Za-z])[1-9A-HJ-NPQRTUWXY][1239](?:[0-9A-HJ-NPQRTUWXY]{16})(?![0-9A-Za-z])/g)) {
      const code = match[0];
      if (/^\d{6}$/.test(code.slice(2, 8)) && socialCreditCheckCharacter(code.slice(0, 17)) === code.charAt(17)) {
        yield { start: match.index, end: match.index + 18, score: 0.9 };
      }
    }
  },
};
