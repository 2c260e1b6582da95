import type { ReportLanguage } from '../../../contract/reports.ts';
import type { Section } from '../../blocks.ts';
import { facts, notice, table, text } from '../../kinds/blocks.ts';
import { wordsOf } from '../../kinds/words.ts';
import { sampleId } from './names.ts';

/** The sections that end every report, with hashes that are plainly none. */
export function sampleProof(language: ReportLanguage): Section[] {
  const { audit, verify, labels, none, outcomes } = wordsOf(language);
  const zeros = '0'.repeat(64);
  const rows = [['41', '2026-01-15 09:00:00', none, 'runs.start', none, outcomes.done]];
  return [
    { id: 'audit', title: audit.title, blocks: [text(audit.intro(42, 1)), table(audit.head, [-0.8, 2.6, 1.2, 3.3, 5.2, 1.4], rows)] },
    {
      id: 'verify',
      title: verify.title,
      blocks: [
        text(verify.text),
        notice(verify.noWitness, 'warning'),
        facts([
          [labels.vault, sampleId(99)],
          [verify.certificate, zeros],
          [verify.root, zeros],
        ]),
      ],
    },
  ];
}
