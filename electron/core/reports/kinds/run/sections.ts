import type { Json } from '../../../contract/base.ts';
import type { RunState } from '../../../contract/runs.ts';
import type { Block, Section } from '../../blocks.ts';
import { facts, heading, table, text } from '../blocks.ts';
import { duration, time, timeOr } from '../format.ts';
import { identifierSection } from '../identifier-section.ts';
import type { Language } from '../kind.ts';
import { findingName, wordsOf, type Words } from '../words.ts';
import type { ReportItem, RunData } from './data.ts';
import { runTexts, type RunTexts } from './texts.ts';

/** What runs did, for reading: `summary`, `runs`, `identifiers`, `documents`, `models`. */
export function runSections(data: RunData, language: Language): Section[] {
  const texts = runTexts[language];
  const words = wordsOf(language);
  const items = data.runs.flatMap((run) => run.items);
  return [
    { id: 'summary', title: texts.summary, blocks: [text(texts.intro), summary(data, items, texts)] },
    { id: 'runs', title: texts.runs, blocks: [runs(data, texts, words)] },
    identifierSection(data.identifiers, words),
    { id: 'documents', title: texts.documents, blocks: items.flatMap((item, index) => document(index + 1, item, texts, words)) },
    { id: 'models', title: texts.models, blocks: [models(data, texts, words)] },
  ];
}

function summary(data: RunData, items: readonly ReportItem[], { labels, documentCounts }: RunTexts): Block {
  const inState = (state: RunState) => items.filter((item) => item.state === state).length;
  const total = Object.values(data.identifiers).reduce((sum, found) => sum + found, 0);
  return facts([
    [labels.documents, documentCounts(items.length, inState('succeeded'), inState('failed'))],
    [labels.identifiers, String(total)],
    [labels.startedBy, [...new Set(data.runs.map(({ startedBy }) => startedBy))].join(', ')],
  ]);
}

function runs(data: RunData, texts: RunTexts, words: Words): Block {
  const rows = data.runs.map((run) => [
    run.id,
    texts.flow(run.flow.name, run.flow.version),
    run.error ? `${words.states[run.state]}: ${run.error.message}` : words.states[run.state],
    time(run.startedAt),
    duration(run.startedAt, run.finishedAt, words),
  ]);
  return table(texts.runHead, [5.5, 3.3, 1.8, 2.9, -1.6], rows);
}

function document(number: number, item: ReportItem, texts: RunTexts, words: Words): Block[] {
  const { name, sha256, pages, ocrPages } = item.document;
  const status = [words.states[item.state], ...(pages === null ? [] : [texts.pages(pages, ocrPages ?? 0)])];
  const found = Object.entries(item.identifiers).map(([type, count]) => `${findingName(type, words)} ${count}`);
  const lines = [[...status, ...found].join(' · '), sha256 ? `SHA-256 ${sha256}` : texts.removed];
  if (item.error) lines.push(`${item.error.code}: ${item.error.message}`);
  const fields = item.result ? flatten(item.result, '', texts, words) : [];
  const steps = item.steps.map((step) => [
    step.nodeId,
    step.nodeType,
    step.error ? `${words.states[step.state]}: ${step.error.message}` : words.states[step.state],
    String(step.attempt),
    step.startedAt === null ? timeOr(null, words.none) : duration(step.startedAt, step.finishedAt, words),
    step.tokens === null ? words.none : String(step.tokens),
  ]);
  return [
    heading(`${number}. ${name}`),
    text(lines.join('\n\n')),
    fields.length === 0 ? text(texts.noFields) : facts(fields),
    ...(steps.length === 0 ? [] : [table(texts.stepHead, [3, 3, 4, -1.5, -2, -1.6], steps)]),
  ];
}

function models(data: RunData, texts: RunTexts, words: Words): Block {
  if (data.models.length === 0) return text(texts.noModels);
  const rows = data.models.map(({ name, sha256, label }) => [
    name,
    sha256 ?? words.none,
    label === null ? words.none : (words.modelLabels[label] ?? label),
  ]);
  return table(texts.modelHead, [2.5, 7.3, 2.4], rows);
}

/** A result as rows; a list of plain records takes a row each. Longer texts come last. */
function flatten(value: Json, path: string, texts: RunTexts, words: Words): [label: string, value: string][] {
  if (value === null || typeof value !== 'object') return [[path, scalar(value, words)]];
  if (Array.isArray(value)) return value.flatMap((element, index) => flattenElement(element, `${path} ${index + 1}`, texts, words));
  if (typeof value['characters'] === 'number' && typeof value['sha256'] === 'string')
    return [[path, texts.longText(value['characters'], value['sha256'])]];
  const rows = Object.entries(value).flatMap(([name, member]) => flatten(member, path ? `${path}.${name}` : name, texts, words));
  return [...rows.filter(([, shown]) => !shown.includes('\n')), ...rows.filter(([, shown]) => shown.includes('\n'))];
}

function flattenElement(element: Json, path: string, texts: RunTexts, words: Words): [label: string, value: string][] {
  const members = element === null || typeof element !== 'object' ? [] : Object.values(element);
  const plain = members.length > 0 && members.every((member) => member === null || typeof member !== 'object');
  return plain ? [[path, members.map((member) => scalar(member, words)).join(' · ')]] : flatten(element, path, texts, words);
}

function scalar(value: Json, { none }: Words): string {
  if (value === null) return none;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
