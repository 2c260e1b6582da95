import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ProvenLeaf } from '../audit/audit-log.ts';
import { canonicalJson } from '../audit/canonical-json.ts';
import { parseLeaf } from '../audit/leaf.ts';
import { leafHash } from '../audit/merkle.ts';
import type { DocumentSummary } from '../contract/documents.ts';
import type { FlowDocument } from '../contract/flows.ts';
import type { Run, RunItem, Step } from '../contract/runs.ts';
import type { ReportItem, ReportJson, ReportStep } from './report-json.ts';
import { ReportMask } from './report-mask.ts';
import type { ReportSources } from './report-sources.ts';

/** Document id → what takes personal data out of anything said about that document. */
export type Masks = ReadonlyMap<string, ReportMask>;

/** The part of a report that the run decides. Nothing in it is unmasked. */
export async function gatherRun(
  sources: ReportSources,
  run: Run,
): Promise<{ content: Pick<ReportJson, 'run' | 'flow' | 'models' | 'items' | 'identifiers'>; masks: Masks }> {
  const general = new ReportMask();
  const stepsOf = Map.groupBy(run.steps, ({ item }) => item);
  const items: ReportItem[] = [];
  const masks = new Map<string, ReportMask>();
  for (const { index } of run.items) {
    const item = sources.item(run.id, index);
    const document = sources.document(item.documentId);
    const findings = document ? await sources.findings(item.documentId) : [];
    const mask = new ReportMask(findings);
    masks.set(item.documentId, mask);
    const kinds = findings.map(({ type }) => type);
    items.push({ ...gatherItem(item, document, mask, stepsOf.get(item.index) ?? []), identifiers: count(kinds) });
    await setImmediate();
  }
  const { id, state, startedAt, finishedAt, startedBy, itemCount, itemsSucceeded, itemsFailed } = run;
  const models = [...new Set(run.steps.flatMap(({ model }) => (model === null ? [] : [model])))];
  const content = {
    run: { id, state, startedAt, finishedAt, startedBy, itemCount, itemsSucceeded, itemsFailed, error: failure(run.error, general) },
    flow: {
      id: run.flowId,
      name: general.text(run.flowName),
      version: run.flowVersion,
      sha256: flowHash(sources.flow(run.id)),
    },
    models: models.map((name) => ({
      name: general.text(name),
      sha256: sources.model(name)?.sha256 ?? null,
      label: sources.model(name)?.label ?? null,
    })),
    items,
    identifiers: sum(items.map(({ identifiers }) => identifiers)),
  };
  return { content, masks };
}

/** Leaves with their proofs; one that names something personal keeps its proof and loses its text. */
export function showLeaf({ sequence, canonical, proof }: ProvenLeaf, masks: Masks): ReportJson['audit']['leaves'][number] {
  const { subject, details } = parseLeaf(canonical);
  const clean = (masks.get(subject) ?? new ReportMask()).isClean([subject, details]);
  return { sequence, leaf: clean ? canonical : null, leafHash: hex(leafHash(Buffer.from(canonical))), proof: proof.map(hex) };
}

function gatherItem(
  item: RunItem,
  document: DocumentSummary | null,
  mask: ReportMask,
  steps: readonly Step[],
): Omit<ReportItem, 'identifiers'> {
  return {
    index: item.index,
    document: {
      id: item.documentId,
      name: mask.text(item.documentName),
      sha256: document?.sha256 ?? null,
      size: document?.size ?? null,
      pages: document?.pageCount ?? null,
      ocrPages: document?.ocrPages ?? null,
    },
    state: item.state,
    error: failure(item.error, mask),
    result: item.result
      ? Object.fromEntries(Object.entries(item.result).map(([name, value]) => [mask.text(name), mask.json(value)]))
      : null,
    steps: steps.map((step) => gatherStep(step, mask)),
  };
}

function gatherStep(step: Step, mask: ReportMask): ReportStep {
  const { nodeId, nodeType, state, attempt, startedAt, finishedAt, tokens, model, error } = step;
  return { nodeId, nodeType, state, attempt, startedAt, finishedAt, tokens, model, error: failure(error, mask) };
}

function failure(error: { code: string; message: string } | null, mask: ReportMask): { code: string; message: string } | null {
  return error ? { code: error.code, message: mask.text(error.message) } : null;
}

function count(types: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(types, (type) => type)].map(([type, found]) => [type, found.length]));
}

function sum(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of counts) for (const [type, found] of Object.entries(each)) total[type] = (total[type] ?? 0) + found;
  return total;
}

/** SHA-256 of the flow's canonical JSON; absent members are not written. */
function flowHash(flow: FlowDocument): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(flow))))
    .digest('hex');
}

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
