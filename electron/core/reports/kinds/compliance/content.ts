import { assess } from '../../../compliance/assess.ts';
import { say } from '../../../compliance/facts/say.ts';
import type { Assessment } from '../../../compliance/finding.ts';
import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { Framework } from '../../../contract/attestations.ts';
import type { Block, Section } from '../../blocks.ts';
import { facts, notice, text } from '../blocks.ts';
import type { Language, ReportContent } from '../kind.ts';
import { isOfVault } from '../of-vault.ts';
import type { ComplianceData } from './data.ts';
import { complianceTexts } from './texts.ts';

/** Acts that the checks rest on: what set the rules, and what shows that they were kept to. */
const actions = [
  'policies.set',
  'policies.set-retention',
  'identity.separate-duties',
  'identity.set-role',
  'identity.set-directory',
  'keys.confirm-recovery',
  'keys.confirm-custodians',
  'keys.rotated',
  'vault.recover',
  'vault.accept-older',
  'backup.complete',
  'backup.drill-complete',
  'cases.prove-removal',
  'witness.cosign',
  'audit.set-export',
];

/** Where the vault stands against a standard: every requirement with what its checks found now. */
export async function complianceContent(vault: VaultFacts, framework: Framework, language: Language): Promise<ReportContent> {
  const assessment = await assess(framework, vault);
  const texts = complianceTexts[language];
  return {
    title: texts.title(texts.standards[framework]),
    matter: { kind: 'compliance', data: dataOf(assessment, language) },
    sections: complianceSections(assessment, language),
    evidence: { sequences: vault.leaves.ofActions(actions).map(({ sequence }) => sequence), mayShow: isOfVault },
  };
}

export function dataOf({ framework, controls }: Assessment, language: Language): ComplianceData {
  const count = (status: string) => controls.filter((control) => control.status === status).length;
  return {
    framework,
    counts: { met: count('met'), notMet: count('not-met'), customer: count('customer') },
    controls: controls.map(({ reference, title, status, evidence }) => ({
      reference,
      title: title[language],
      status,
      evidence: evidence.map(({ fact, values }) => ({ fact, values: { ...values } })),
    })),
  };
}

/** `summary`, `open`, `controls`. */
export function complianceSections(assessment: Assessment, language: Language): Section[] {
  const texts = complianceTexts[language];
  const { counts } = dataOf(assessment, language);
  const items = assessment.controls.map(({ reference, title, status, evidence }) => ({
    reference,
    title: title[language],
    status,
    evidence: evidence.map((fact) => say(fact, language)),
  }));
  const open = items.filter(({ status }) => status === 'not-met');
  const figures: readonly (readonly [string, number])[] = [
    [texts.labels.met, counts.met],
    [texts.labels.notMet, counts.notMet],
    [texts.labels.customer, counts.customer],
  ];
  const chart: Block = {
    type: 'chart',
    chart: 'bar',
    caption: texts.chart,
    unit: null,
    labels: figures.map(([label]) => label),
    series: [{ name: texts.number, values: figures.map(([, count]) => count) }],
  };
  return [
    {
      id: 'summary',
      title: texts.summary,
      blocks: [text(texts.intro), facts(figures.map(([label, count]) => [label, String(count)])), chart],
    },
    {
      id: 'open',
      title: texts.open,
      blocks: [open.length === 0 ? text(texts.nothingOpen) : { type: 'controls', items: open }],
    },
    { id: 'controls', title: texts.controls, blocks: [{ type: 'controls', items }, notice(texts.limits)] },
  ];
}
