import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { Block, Section } from '../../blocks.ts';
import { facts, table, text } from '../blocks.ts';
import { time, timeOr } from '../format.ts';
import type { Language, ReportContent } from '../kind.ts';
import { wordsOf } from '../words.ts';
import { isOfVault } from '../of-vault.ts';
import type { AccessData } from './data.ts';
import { gatherAccess } from './gather.ts';
import { accessTexts, roleNames } from './texts.ts';

/** Changes of what people may do. */
const actions = [
  'identity.create-person',
  'identity.set-person-status',
  'identity.set-role',
  'identity.separate-duties',
  'identity.admit-directory-person',
  'identity.reset-password',
  'cases.set-member',
  'keys.set-second-factor',
  'keys.add-token',
  'keys.remove-slot',
  'keys.confirm-recovery',
  'keys.confirm-custodians',
];

/** Who may do what: people, roles, cases, last sign-in, key slots, second factor. */
export async function accessContent(vault: VaultFacts, language: Language): Promise<ReportContent> {
  const data = await gatherAccess(vault);
  return {
    title: accessTexts[language].title,
    matter: { kind: 'access', data },
    sections: accessSections(data, language),
    evidence: { sequences: vault.leaves.ofActions(actions).map(({ sequence }) => sequence), mayShow: isOfVault },
  };
}

/** `summary`, `marks`, `people`, `cases`. */
export function accessSections(data: AccessData, language: Language): Section[] {
  const texts = accessTexts[language];
  return [
    { id: 'summary', title: texts.summary, blocks: [text(texts.intro(data.dormantDays)), summary(data, language), chart(data, language)] },
    { id: 'marks', title: texts.marks, blocks: [marks(data, language)] },
    { id: 'people', title: texts.people, blocks: [people(data, language)] },
    { id: 'cases', title: texts.cases, blocks: [text(texts.casesNote), cases(data, language)] },
  ];
}

function summary(data: AccessData, language: Language): Block {
  const texts = accessTexts[language];
  const { labels } = texts;
  const shared = data.sharedSlots.map(({ kind, threshold, shares }) => texts.sharedSlot(kind, threshold, shares));
  return facts([
    [labels.mode, texts.modes[data.mode]],
    [labels.people, String(data.people.length)],
    [labels.active, String(data.people.filter(({ status }) => status === 'active').length)],
    [labels.marked, String(data.people.filter((person) => person.marks.length > 0).length)],
    [labels.cases, String(data.cases.length)],
    [labels.calls, String(data.calls)],
    [labels.shared, shared.length === 0 ? texts.noSlot : shared.join(' · ')],
  ]);
}

function chart(data: AccessData, language: Language): Block {
  const active = Map.groupBy(
    data.people.filter(({ status }) => status === 'active'),
    ({ role }) => role,
  );
  return {
    type: 'chart',
    chart: 'bar',
    caption: accessTexts[language].chart,
    unit: null,
    labels: [...active.keys()].map((role) => roleNames[language][role]),
    series: [{ name: accessTexts[language].labels.active, values: [...active.values()].map((people) => people.length) }],
  };
}

function marks(data: AccessData, language: Language): Block {
  const texts = accessTexts[language];
  const rows = data.people.flatMap(({ userName, marks: found }) =>
    found.map((mark) => [userName, texts.markTexts[mark](data.dormantDays)]),
  );
  return rows.length === 0 ? text(texts.noMarks) : table(texts.markHead, [3, 9], rows);
}

function people(data: AccessData, language: Language): Block {
  const texts = accessTexts[language];
  const { never, none } = wordsOf(language);
  const rows = data.people.map(({ userName, displayName, role, status, lastSignInAt, slots, calls, marks: found }) => [
    displayName === userName ? userName : `${userName} (${displayName})`,
    roleNames[language][role],
    texts.statuses[status],
    timeOr(lastSignInAt, never),
    slots.length === 0 ? texts.noSlot : slots.map((factors) => factors.join(' + ')).join('\n'),
    String(calls),
    found.length === 0 ? none : String(found.length),
  ]);
  return table(texts.peopleHead, [3, 2.4, 1.4, 2.4, 2.4, -1, -1], rows);
}

function cases(data: AccessData, language: Language): Block {
  const texts = accessTexts[language];
  const rows = data.cases.map(({ id, classification, state, personal, members }) => [
    id,
    texts.classifications[classification],
    personal ? `${texts.states[state]} · ${texts.personal}` : texts.states[state],
    members.map(({ userName, access, since }) => `${userName}: ${texts.accesses[access]} (${time(since).slice(0, 10)})`).join('\n'),
  ]);
  return table(texts.caseHead, [4.4, 1.5, 1.8, 4.3], rows);
}
