import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Leaves } from '../../../audit/leaves.ts';
import type { LeafContent } from '../../../audit/leaf.ts';
import type { CaseDetail } from '../../../contract/cases.ts';
import type { Person } from '../../../contract/identity.ts';
import { runState } from '../../../contract/runs.ts';
import type { WritableDb } from '../../../vault/database.ts';
import { ReportMask } from '../../report-mask.ts';
import type { ReportSources } from '../../report-sources.ts';
import { countOf, sumOf } from '../identifiers.ts';
import type { Masks } from '../run/gather.ts';
import type { CaseData } from './data.ts';

export type CaseSources = Pick<ReportSources, 'findings'> & {
  readonly db: WritableDb;
  readonly leaves: Leaves;
  readonly people: () => readonly Person[];
  /** Whoever asks has been let in before. @throws AppError `request/not-found` */
  readonly caseOf: (id: string) => CaseDetail;
  /** The policy: days from closing until a case is due for deletion; 0: never. */
  readonly caseDays: () => number;
};

const documentRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  sha256: z.string(),
  size: z.number(),
  pages: z.number().nullable(),
  status: z.string(),
  importedAt: z.number(),
  importedBy: z.string(),
});
const runRow = z.object({
  id: z.string(),
  flow: z.string(),
  version: z.number(),
  state: runState,
  items: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  startedBy: z.string(),
});

/** For what belongs to no single document. */
const general = new ReportMask();
/** Days up to which the activity is told by day. */
const longestByDay = 31;
const dayMs = 86_400_000;

/** What a case holds and who did what with it. Between documents other work gets its turn. */
export async function gatherCase(sources: CaseSources, caseId: string): Promise<{ data: CaseData; masks: Masks; leaves: LeafContent[] }> {
  const { db } = sources;
  const found = sources.caseOf(caseId);
  const { documents, masks } = await gatherDocuments(sources, caseId);
  const runs = z
    .array(runRow)
    .parse(db.prepare(runSql).all(caseId))
    .map((run) => ({ ...run, flow: general.text(run.flow) }));
  const subjects = [caseId, ...documents.map(({ id }) => id), ...runs.map(({ id }) => id)];
  const leaves = sources.leaves.ofCase(caseId, subjects);
  const archived = z.number().parse(db.prepare('SELECT count(*) FROM archive_records WHERE case_id = ?').pluck().get(caseId));
  const { flows, conversations, reports } = found.counts;
  const data: CaseData = {
    case: describe(found, sources.caseDays()),
    people: membersOf(found, sources.people()),
    documents,
    runs,
    counts: { flows, conversations, reports, archived },
    deletions: leaves
      .filter(({ action, outcome }) => /\.(?:remove|erase)$/.test(action) && outcome === 'done')
      .map(({ sequence, at, actor, action, subject }) => ({ sequence, at, actor, action, subject })),
    identifiers: sumOf(documents.map(({ identifiers }) => identifiers)),
    audit: {
      entries: leaves.length,
      actions: countOf(leaves.map(({ action }) => action)),
      people: countOf(leaves.map(({ actor }) => actor)),
      refused: leaves.filter(({ outcome }) => outcome === 'denied').length,
      activity: activityOf(leaves),
    },
  };
  return { data, masks, leaves };
}

async function gatherDocuments(sources: CaseSources, caseId: string): Promise<{ documents: CaseData['documents']; masks: Masks }> {
  const masks = new Map<string, ReportMask>();
  const documents: CaseData['documents'] = [];
  for (const row of z.array(documentRow).parse(sources.db.prepare(documentSql).all(caseId))) {
    const findings = row.status === 'ready' ? await sources.findings(row.id) : [];
    const mask = new ReportMask(findings);
    masks.set(row.id, mask);
    documents.push({ ...row, name: mask.text(row.name), identifiers: countOf(findings.map(({ type }) => type)) });
    await setImmediate();
  }
  return { documents, masks };
}

function describe(found: CaseDetail, caseDays: number): CaseData['case'] {
  const { id, name, personal, classification, purpose, state, createdAt, closedAt, dueAt, legalHold } = found;
  const hold = legalHold && { ...legalHold, reason: general.text(legalHold.reason) };
  const retention = { retentionDays: found.retentionDays ?? caseDays, ownRetention: found.retentionDays !== null };
  const texts = { name: general.text(name), purpose: general.text(purpose) };
  return { id, ...texts, personal, classification, state, createdAt, closedAt, ...retention, dueAt, legalHold: hold };
}

function membersOf({ members }: CaseDetail, people: readonly Person[]): CaseData['people'] {
  return members.flatMap(({ personId, userName, displayName, access, since }) => {
    const person = people.find(({ id }) => id === personId);
    return person ? [{ userName, displayName, role: person.role, status: person.status, access, since }] : [];
  });
}

function activityOf(leaves: readonly LeafContent[]): CaseData['audit']['activity'] {
  const times = leaves.map(({ at }) => at);
  const span = times.reduce((latest, at) => Math.max(latest, at), 0) - times.reduce((first, at) => Math.min(first, at), Infinity);
  const length = span <= longestByDay * dayMs ? 10 : 7;
  const periods = countOf(times.toSorted((a, b) => a - b).map((at) => new Date(at).toISOString().slice(0, length)));
  return Object.entries(periods).map(([period, entries]) => ({ period, entries }));
}

const documentSql = `SELECT id, name, kind, sha256, size, page_count AS pages, status, imported_at AS importedAt, imported_by AS importedBy
  FROM documents WHERE case_id = ? ORDER BY imported_at, id`;
const runSql = `SELECT id, flow_name AS flow, flow_version AS version, state, item_count AS items, items_succeeded AS succeeded,
  items_failed AS failed, started_at AS startedAt, finished_at AS finishedAt, started_by AS startedBy
  FROM runs WHERE case_id = ? ORDER BY started_at, id`;
