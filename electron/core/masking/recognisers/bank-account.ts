import { introducedBy } from '../context.ts';
import { digitWindows } from '../digits.ts';
import type { Candidate, Recogniser } from '../finding.ts';
import type { Source } from '../source.ts';

const label =
  /(?:银行卡号?|卡号|(?:银行|开户|收款|付款|结算|对公)?[账帐][号户]|account[ _]?(?:no\.?|number|#)|acct\.? ?(?:no\.?)?|card[ _]?(?:no\.?|number))$/i;

/** A bank account or card number without a valid check digit: found only right after a label that says what it is. */
export const bankAccount: Recogniser = {
  type: 'bank-account',
  examples: [
    { text: '开户行：某某支行 账号：0200001009012345678', found: '0200001009012345678', masked: '0200***********5678' },
    { text: 'Account No. 12-3456-7890', found: '12-3456-7890', masked: '12-****-7890' },
  ],
  counterExamples: ['0200001009012345678', '编号：0200001009012345678', 'account of 2024-01-02'],
  *find(source: Source): Iterable<Candidate> {
    const opens = ({ start }: { start: number }) => introducedBy(source.text, start, label);
    for (const { start, end, glued } of digitWindows(source, { min: 9, max: 30, gaps: ['space', 'hyphen'], opens })) {
      if (!glued) yield { start, end, score: 0.6 };
    }
  },
};
