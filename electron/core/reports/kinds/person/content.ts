import type { LeafContent } from '../../../audit/leaf.ts';
import type { PersonRecords } from '../../../cases/person-export.ts';
import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { Block, Section } from '../../blocks.ts';
import { accessTexts, roleNames } from '../access/texts.ts';
import { facts, list, table, text } from '../blocks.ts';
import { day, time, timeOr } from '../format.ts';
import type { Language, ReportContent } from '../kind.ts';
import { isOfVault } from '../of-vault.ts';
import { wordsOf } from '../words.ts';
import type { PersonData } from './data.ts';
import { entriesOf, gatherPerson } from './gather.ts';
import { personTexts } from './texts.ts';

/** Of the actions of a person, how many the chart shows. */
const chartedActions = 10;

/** Data-subject access: what the vault holds about a person who has an account. `records` must have been gathered without any case. */
export function personContent(vault: VaultFacts, records: PersonRecords, language: Language): ReportContent {
  const data = gatherPerson(vault, records);
  const { id, userName } = records.person;
  const entries = [...entriesOf(records.parts['acts-of-the-person'] ?? []), ...entriesOf(records.parts['acts-on-the-person'] ?? [])];
  /** An act of somebody else on this person names that other person. */
  const mayShow = (leaf: LeafContent) => isOfVault(leaf) && (leaf.actor === userName || leaf.actorId === null);
  return {
    title: personTexts[language].title(userName),
    matter: { kind: 'person', data },
    sections: personSections(data, language),
    evidence: { subjects: [id], sequences: entries.map(({ sequence }) => sequence), mayShow },
  };
}

/** `profile`, `categories`, `left-out`, `cases`, `acts`, `acts-on`. */
export function personSections(data: PersonData, language: Language): Section[] {
  const texts = personTexts[language];
  const left = [...new Set(data.categories.flatMap(({ leftOut }) => leftOut))].map((reason) => texts.leftOutTexts[reason]);
  return [
    { id: 'profile', title: texts.profile, blocks: [text(texts.intro), profile(data, language)] },
    { id: 'categories', title: texts.categories, blocks: [categories(data, language)] },
    { id: 'left-out', title: texts.leftOut, blocks: [list([...left, texts.passwords]), text(texts.fullCopy)] },
    { id: 'cases', title: texts.cases, blocks: [cases(data, language)] },
    { id: 'acts', title: texts.acts, blocks: acts(data, language) },
    { id: 'acts-on', title: texts.actsOn, blocks: [actsOn(data, language)] },
  ];
}

function profile({ person }: PersonData, language: Language): Block {
  const { labels, statuses, sources } = personTexts[language];
  const { never, yes, no } = wordsOf(language);
  return facts([
    [labels.name, person.displayName],
    [labels.userName, person.userName],
    [labels.id, person.id],
    [labels.role, roleNames[language][person.role]],
    [labels.status, statuses[person.status]],
    [labels.source, sources[person.source]],
    [labels.created, time(person.createdAt)],
    [labels.lastSignIn, timeOr(person.lastSignInAt, never)],
    [labels.password, time(person.passwordChangedAt)],
    [labels.secondFactor, person.secondFactor ? yes : no],
  ]);
}

function categories(data: PersonData, language: Language): Block {
  const texts = personTexts[language];
  const { none } = wordsOf(language);
  const rows = data.categories.map(({ category, entries, fields, first, last, leftOut }) => [
    texts.categoryNames[category],
    String(entries),
    first === null ? none : day(first),
    last === null ? none : day(last),
    fields.length === 0 ? none : fields.join(', '),
    leftOut.length === 0 ? none : leftOut.map((reason) => texts.leftOutShort[reason]).join(', '),
  ]);
  return table(texts.categoryHead, [3, -1.2, 1.8, 1.8, 4.4, 1.8], rows);
}

function cases(data: PersonData, language: Language): Block {
  const texts = personTexts[language];
  const names: Readonly<Record<string, string>> = accessTexts[language].accesses;
  if (data.cases.length === 0) return text(texts.noCases);
  return table(
    texts.caseHead,
    [6, 2, 3],
    data.cases.map(({ id, access, since }) => [id, names[access] ?? access, time(since)]),
  );
}

function acts(data: PersonData, language: Language): Block[] {
  const texts = personTexts[language];
  const rows = Object.entries(data.acts).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return [text(texts.nothing)];
  const charted = rows.slice(0, chartedActions);
  return [
    {
      type: 'chart',
      chart: 'bar',
      caption: texts.actsChart,
      unit: null,
      labels: charted.map(([action]) => action),
      series: [{ name: texts.actHead[1], values: charted.map(([, count]) => count) }],
    },
    table(
      texts.actHead,
      [9, -3],
      rows.map(([action, count]) => [action, String(count)]),
    ),
  ];
}

function actsOn(data: PersonData, language: Language): Block {
  const texts = personTexts[language];
  if (data.actsOn.length === 0) return text(texts.nothing);
  return table(
    texts.actsOnHead,
    [-1, 3, 5, 2.4],
    data.actsOn.map(({ sequence, at, action, by }) => [String(sequence), time(at), action, texts.by[by]]),
  );
}
