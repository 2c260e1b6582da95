import type { Block, Section } from '../../blocks.ts';
import { accessTexts, roleNames } from '../access/texts.ts';
import { facts, table, text } from '../blocks.ts';
import { day, time, timeOr } from '../format.ts';
import { identifierSection } from '../identifier-section.ts';
import type { Language } from '../kind.ts';
import { wordsOf } from '../words.ts';
import type { CaseData } from './data.ts';
import { caseTexts } from './texts.ts';

/** `case`, `people`, `documents`, `identifiers`, `runs`, `deletions`, `activity`. */
export function caseSections(data: CaseData, language: Language): Section[] {
  const texts = caseTexts[language];
  return [
    { id: 'case', title: texts.facts, blocks: [text(texts.intro), about(data, language)] },
    { id: 'people', title: texts.people, blocks: [people(data, language)] },
    { id: 'documents', title: texts.documents, blocks: [documents(data, language)] },
    identifierSection(data.identifiers, wordsOf(language)),
    { id: 'runs', title: texts.runs, blocks: [runs(data, language)] },
    { id: 'deletions', title: texts.deletions, blocks: [deletions(data, language)] },
    { id: 'activity', title: texts.activity, blocks: activity(data, language) },
  ];
}

function about({ case: found, counts, audit }: CaseData, language: Language): Block {
  const texts = caseTexts[language];
  const { labels } = texts;
  const { classifications, states, personal } = accessTexts[language];
  const { none } = wordsOf(language);
  const { retentionDays, ownRetention, legalHold } = found;
  return facts([
    [labels.name, found.name],
    [labels.id, found.id],
    [labels.classification, classifications[found.classification]],
    [labels.purpose, found.purpose === '' ? texts.noPurpose : found.purpose],
    [labels.state, found.personal ? `${states[found.state]} · ${personal}` : states[found.state]],
    [labels.created, time(found.createdAt)],
    [labels.closed, timeOr(found.closedAt, none)],
    [labels.retention, retentionDays === 0 ? texts.keptForever : texts.keptFor(retentionDays, ownRetention)],
    [labels.due, found.dueAt === null ? none : day(found.dueAt)],
    [labels.hold, legalHold ? texts.held(legalHold.reason, day(legalHold.since), legalHold.by) : texts.notHeld],
    [labels.counts, texts.counts(counts.flows, counts.conversations, counts.reports, counts.archived)],
    [labels.entries, String(audit.entries)],
    [labels.refused, String(audit.refused)],
  ]);
}

function people(data: CaseData, language: Language): Block {
  const { accesses, statuses } = accessTexts[language];
  const rows = data.people.map(({ userName, displayName, role, status, access, since }) => [
    displayName === userName ? userName : `${userName} (${displayName})`,
    roleNames[language][role],
    statuses[status],
    accesses[access],
    day(since),
  ]);
  return table(caseTexts[language].peopleHead, [4, 3, 1.6, 1.6, 1.8], rows);
}

function documents(data: CaseData, language: Language): Block {
  const texts = caseTexts[language];
  const { none } = wordsOf(language);
  if (data.documents.length === 0) return text(texts.noDocuments);
  const rows = data.documents.map(({ name, pages, status, identifiers, importedAt, importedBy, sha256 }) => [
    name,
    pages === null ? none : String(pages),
    texts.statuses[status] ?? status,
    String(Object.values(identifiers).reduce((sum, count) => sum + count, 0)),
    day(importedAt),
    importedBy,
    sha256,
  ]);
  return table(texts.documentHead, [3.2, -0.9, 1.2, -1.3, 1.7, 1.3, 3], rows);
}

function runs(data: CaseData, language: Language): Block {
  const texts = caseTexts[language];
  const { states } = wordsOf(language);
  if (data.runs.length === 0) return text(texts.noRuns);
  const rows = data.runs.map((run) => [
    run.id,
    `${run.flow} · ${run.version}`,
    states[run.state],
    String(run.items),
    String(run.failed),
    time(run.startedAt),
    run.startedBy,
  ]);
  return table(texts.runHead, [3.6, 2.6, 1.4, -1.3, -1.1, 2.4, 1.3], rows);
}

function deletions(data: CaseData, language: Language): Block {
  const texts = caseTexts[language];
  if (data.deletions.length === 0) return text(texts.noDeletions);
  const rows = data.deletions.map(({ sequence, at, actor, action, subject }) => [String(sequence), time(at), actor, action, subject]);
  return table(texts.deletionHead, [-1, 2.6, 1.8, 2.6, 4], rows);
}

function activity({ audit }: CaseData, language: Language): Block[] {
  const texts = caseTexts[language];
  const rows = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => [name, String(count)]);
  return [
    {
      type: 'chart',
      chart: audit.activity.length > 12 ? 'line' : 'bar',
      caption: texts.activityChart,
      unit: null,
      labels: audit.activity.map(({ period }) => period),
      series: [{ name: texts.entries, values: audit.activity.map(({ entries }) => entries) }],
    },
    table(texts.actionHead, [9, -3], rows(audit.actions)),
    table(texts.personHead, [9, -3], rows(audit.people)),
  ];
}
