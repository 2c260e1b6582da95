import { setImmediate } from 'node:timers/promises';
import { PDF } from '@libpdf/core';
import { parseCheckpoint } from '../../audit/checkpoint.ts';
import { parseLeaf } from '../../audit/leaf.ts';
import type { Json } from '../../contract/base.ts';
import type { RunState } from '../../contract/runs.ts';
import type { ReportItem, ReportJson } from '../report-json.ts';
import { ReportFonts } from './fonts.ts';
import { PageWriter, type Cell } from './page-writer.ts';
import { reportTexts, type ReportTexts } from './texts.ts';

/**
 * Lays out `report.pdf`: what report.json says, for reading. `resources`: the application's folder with the fonts.
 * Between documents other work gets its turn.
 */
export async function layOutReport(report: ReportJson, resources: string): Promise<PDF> {
  const texts = reportTexts[report.language];
  const pdf = PDF.create();
  pdf.setTitle(report.title);
  pdf.setCreator('Redoubt');
  pdf.setLanguage(report.language);
  pdf.setCreationDate(new Date(report.createdAt));
  pdf.setModificationDate(new Date(report.createdAt));
  const writer = new PageWriter(pdf, new ReportFonts(pdf, resources));
  writer.title(report.title);
  writer.text(texts.intro, { quiet: true });
  summary(writer, report, texts);
  identifiers(writer, report, texts);
  writer.heading(texts.documents);
  let number = 0;
  for (const run of report.runs) {
    for (const item of run.items) {
      number += 1;
      document(writer, number, item, texts);
      await setImmediate();
    }
  }
  models(writer, report, texts);
  audit(writer, report, texts);
  writer.finish(`Redoubt · ${report.id}`, texts.classification, texts.page);
  return pdf;
}

function summary(writer: PageWriter, report: ReportJson, texts: ReportTexts): void {
  const { labels } = texts;
  const { runs } = report;
  const items = runs.flatMap((run) => run.items);
  const inState = (state: RunState) => items.filter((item) => item.state === state).length;
  const total = Object.values(report.identifiers).reduce((sum, found) => sum + found, 0);
  writer.heading(texts.summary);
  facts(writer, [
    [labels.documents, texts.documentCounts(items.length, inState('succeeded'), inState('failed'))],
    [labels.identifiers, String(total)],
    [labels.startedBy, [...new Set(runs.map(({ startedBy }) => startedBy))].join(', ')],
    [labels.vault, report.vaultId],
    [labels.created, texts.createdBy(time(report.createdAt), report.createdBy, report.software.version)],
    [labels.report, report.id],
  ]);
  writer.heading(texts.runs);
  const rows = runs.map((run): Cell[] => [
    { text: run.id, quiet: true },
    { text: texts.flow(run.flow.name, run.flow.version) },
    { text: run.error ? `${texts.states[run.state]}: ${run.error.message}` : texts.states[run.state] },
    { text: time(run.startedAt) },
    { text: duration(run.startedAt, run.finishedAt, texts) },
  ]);
  writer.table([{ share: 5.5 }, { share: 3.3 }, { share: 1.8 }, { share: 2.9 }, { share: 1.6, align: 'right' }], rows, texts.runHead);
}

function facts(writer: PageWriter, rows: readonly (readonly [label: string, value: string])[]): void {
  writer.table(
    [{ share: 3.4 }, { share: 8.6 }],
    rows.map(([label, value]) => [{ text: label, quiet: true }, { text: value }]),
  );
}

function identifiers(writer: PageWriter, report: ReportJson, texts: ReportTexts): void {
  writer.heading(texts.identifiers);
  const rows = Object.entries(report.identifiers).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return writer.text(texts.noIdentifiers, { quiet: true });
  writer.table(
    [{ share: 9 }, { share: 3, align: 'right' }],
    rows.map(([type, found]) => [{ text: findingName(type, texts) }, { text: String(found) }]),
    texts.identifierHead,
  );
}

function document(writer: PageWriter, number: number, item: ReportItem, texts: ReportTexts): void {
  const { name, sha256, pages, ocrPages } = item.document;
  writer.subheading(`${number}. ${name}`);
  const status = [texts.states[item.state], ...(pages === null ? [] : [texts.pages(pages, ocrPages ?? 0)])];
  const found = Object.entries(item.identifiers).map(([type, number]) => `${findingName(type, texts)} ${number}`);
  writer.text([...status, ...found].join(' · '), { after: 1 });
  writer.text(sha256 ? `SHA-256 ${sha256}` : texts.removed, { size: 7.5, quiet: true });
  if (item.error) writer.text(`${item.error.code}: ${item.error.message}`);
  const fields = item.result ? flatten(item.result, '', texts) : [];
  if (fields.length === 0) writer.text(texts.noFields, { quiet: true });
  else facts(writer, fields);
  const rows: Cell[][] = item.steps.map((step) => [
    { text: step.nodeId },
    { text: step.nodeType, quiet: true },
    { text: step.error ? `${texts.states[step.state]}: ${step.error.message}` : texts.states[step.state] },
    { text: String(step.attempt) },
    { text: step.startedAt === null ? texts.none : duration(step.startedAt, step.finishedAt, texts) },
    { text: step.tokens === null ? texts.none : String(step.tokens) },
  ]);
  if (rows.length > 0)
    writer.table(
      [
        { share: 3 },
        { share: 3 },
        { share: 4 },
        { share: 1.5, align: 'right' },
        { share: 2, align: 'right' },
        { share: 1.6, align: 'right' },
      ],
      rows,
      texts.stepHead,
    );
}

function models(writer: PageWriter, report: ReportJson, texts: ReportTexts): void {
  writer.heading(texts.models);
  if (report.models.length === 0) return writer.text(texts.noModels, { quiet: true });
  writer.table(
    [{ share: 2.5 }, { share: 7.3 }, { share: 2.4 }],
    report.models.map(({ name, sha256, label }) => [
      { text: name },
      { text: sha256 ?? texts.none, quiet: true },
      { text: label === null ? texts.none : (texts.modelLabels[label] ?? label) },
    ]),
    texts.modelHead,
  );
}

function audit(writer: PageWriter, report: ReportJson, texts: ReportTexts): void {
  const { leaves, checkpoint } = report.audit;
  const head = parseCheckpoint(checkpoint);
  writer.heading(texts.audit);
  writer.text(texts.auditIntro(head.size, leaves.length), { after: 6 });
  const rows = leaves.map(({ sequence, leaf, leafHash }): Cell[] => {
    if (leaf === null)
      return [
        { text: String(sequence) },
        { text: texts.none },
        { text: texts.none },
        { text: texts.none },
        { text: `${texts.withheld} ${leafHash}`, quiet: true },
        { text: texts.none },
      ];
    const { at, actor, action, subject, outcome } = parseLeaf(leaf);
    return [
      { text: String(sequence) },
      { text: time(at) },
      { text: actor },
      { text: action },
      { text: subject, quiet: true },
      { text: texts.outcomes[outcome] },
    ];
  });
  writer.table(
    [{ share: 0.8, align: 'right' }, { share: 2.6 }, { share: 1.2 }, { share: 3.3 }, { share: 5.2 }, { share: 1.4 }],
    rows,
    texts.leafHead,
  );
  writer.heading(texts.verify);
  writer.text(texts.verifyText, { after: 6 });
  facts(writer, [
    [texts.certificate, report.rootCertificateSha256],
    [texts.logOrigin, head.origin],
    [texts.rootHash, Buffer.from(head.root).toString('hex')],
  ]);
}

/** A result as rows; a list of plain records takes a row each. Longer texts come last. */
function flatten(value: Json, path: string, texts: ReportTexts): [label: string, value: string][] {
  if (value === null || typeof value !== 'object') return [[path, scalar(value, texts)]];
  if (Array.isArray(value)) return value.flatMap((element, index) => flattenElement(element, `${path} ${index + 1}`, texts));
  if (typeof value['characters'] === 'number' && typeof value['sha256'] === 'string')
    return [[path, texts.longText(value['characters'], value['sha256'])]];
  const rows = Object.entries(value).flatMap(([name, member]) => flatten(member, path ? `${path}.${name}` : name, texts));
  return [...rows.filter(([, text]) => !text.includes('\n')), ...rows.filter(([, text]) => text.includes('\n'))];
}

function flattenElement(element: Json, path: string, texts: ReportTexts): [label: string, value: string][] {
  const members = element === null || typeof element !== 'object' ? [] : Object.values(element);
  const plain = members.length > 0 && members.every((member) => member === null || typeof member !== 'object');
  return plain ? [[path, members.map((member) => scalar(member, texts)).join(' · ')]] : flatten(element, path, texts);
}

function scalar(value: Json, texts: ReportTexts): string {
  if (value === null) return texts.none;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function findingName(type: string, texts: ReportTexts): string {
  const names: Readonly<Record<string, string>> = texts.findings;
  return names[type] ?? type;
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function duration(from: number, to: number | null, texts: ReportTexts): string {
  if (to === null) return texts.none;
  const ms = to - from;
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
