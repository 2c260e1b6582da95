import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../../audit/canonical-json.ts';
import type { LeafContent } from '../../../audit/leaf.ts';
import type { DocumentSummary } from '../../../contract/documents.ts';
import type { FlowDocument } from '../../../contract/flows.ts';
import type { Run, RunItem, Step } from '../../../contract/runs.ts';
import { ReportMask } from '../../report-mask.ts';
import type { ReportSources } from '../../report-sources.ts';
import { countOf, sumOf } from '../identifiers.ts';
import { reportResult, type ReportItem, type ReportRun, type ReportStep, type RunData } from './data.ts';

/** Document id → what takes personal data out of anything said about that document. */
export type Masks = ReadonlyMap<string, ReportMask>;

/** The part of a report that its runs decide. Nothing in it is unmasked. */
export async function gatherRuns(sources: ReportSources, runs: readonly Run[]): Promise<{ data: RunData; masks: Masks }> {
  const masks = new Map<string, ReportMask>();
  const gathered: ReportRun[] = [];
  for (const run of runs) gathered.push(await gatherRun(sources, run, masks));
  const models = new Set(runs.flatMap(({ steps }) => steps.flatMap(({ model }) => (model === null ? [] : [model]))));
  const data = {
    runs: gathered,
    models: [...models].map((name) => {
      const { sha256 = null, label = null } = sources.model(name) ?? {};
      return { name: general.text(name), sha256, label };
    }),
    identifiers: sumOf(gathered.flatMap(({ items }) => items.map(({ identifiers }) => identifiers))),
  };
  return { data, masks };
}

/** For what belongs to no single document. */
const general = new ReportMask();

async function gatherRun(sources: ReportSources, run: Run, masks: Map<string, ReportMask>): Promise<ReportRun> {
  const { id, state, startedAt, finishedAt, startedBy } = run;
  const stepsOf = Map.groupBy(run.steps, ({ item }) => item);
  const items: ReportItem[] = [];
  for (const { index } of run.items) {
    const item = sources.item(id, index);
    const document = sources.document(item.documentId);
    const findings = document ? await sources.findings(item.documentId) : [];
    const mask = new ReportMask(findings);
    masks.set(item.documentId, mask);
    const kinds = findings.map(({ type }) => type);
    items.push({ ...gatherItem(item, document, mask, stepsOf.get(index) ?? []), identifiers: countOf(kinds) });
    await setImmediate();
  }
  const flow = { id: run.flowId, name: general.text(run.flowName), version: run.flowVersion, sha256: flowHash(sources.flow(id)) };
  return { id, state, startedAt, finishedAt, startedBy, error: failure(run.error, general), flow, items };
}

/** A leaf that names something personal keeps its proof and loses its text. */
export function isClean({ subject, details }: LeafContent, masks: Masks): boolean {
  return (masks.get(subject) ?? general).isClean([subject, details]);
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
    result: item.result ? reportResult.parse(mask.json(item.result)) : null,
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

/** SHA-256 of the flow's canonical JSON; absent members are not written. */
function flowHash(flow: FlowDocument): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(flow))))
    .digest('hex');
}
