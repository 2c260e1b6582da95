import { parseCheckpoint } from '../../audit/checkpoint.ts';
import { parseLeaf } from '../../audit/leaf.ts';
import type { Section } from '../blocks.ts';
import type { ReportJson, ReportLeaf } from '../report-json.ts';
import { facts, notice, table, text } from './blocks.ts';
import { time } from './format.ts';
import { wordsOf, type Words } from './words.ts';

type Proven = Pick<ReportJson, 'id' | 'language' | 'createdAt' | 'createdBy' | 'vaultId' | 'software' | 'audit' | 'rootCertificateSha256'>;

/** What ends every report: `audit` (what it rests on) and `verify` (how to check it). `all`: leaves there are; the report may hold fewer. */
export function proofSections(report: Proven, all: number): Section[] {
  const words = wordsOf(report.language);
  const { leaves, checkpoint, witness } = report.audit;
  const head = parseCheckpoint(checkpoint);
  const { audit, verify, labels } = words;
  const capped = all > leaves.length ? [text(audit.capped(leaves.length, all))] : [];
  const rows = leaves.map((leaf) => leafRow(leaf, words));
  const proof = rows.length === 0 ? [] : [table(audit.head, [-0.8, 2.6, 1.2, 3.3, 5.2, 1.4], rows)];
  return [
    { id: 'audit', title: audit.title, blocks: [text(audit.intro(head.size, all)), ...capped, ...proof] },
    {
      id: 'verify',
      title: verify.title,
      blocks: [
        text(verify.text),
        notice(witness.statement, witness.cosigned === null ? 'warning' : 'info'),
        facts([
          [labels.created, words.createdBy(time(report.createdAt), report.createdBy, report.software.version)],
          [labels.vault, report.vaultId],
          [labels.report, report.id],
          [verify.certificate, report.rootCertificateSha256],
          [verify.origin, head.origin],
          [verify.root, Buffer.from(head.root).toString('hex')],
        ]),
      ],
    },
  ];
}

function leafRow({ sequence, leaf, leafHash }: ReportLeaf, { none, audit, outcomes }: Words): string[] {
  if (leaf === null) return [String(sequence), none, none, none, `${audit.withheld} ${leafHash}`, none];
  const { at, actor, action, subject, outcome } = parseLeaf(leaf);
  return [String(sequence), time(at), actor, action, subject, outcomes[outcome]];
}
