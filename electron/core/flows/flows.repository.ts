import type { Flow, FlowDocument, FlowSummary } from '../contract/flows.ts';
import type { WritableDb } from '../vault/database.ts';

type SummaryRow = {
  id: string;
  case_id: string;
  name: string;
  description: string;
  version: number;
  node_count: number;
  saved_at: number;
  saved_by: string;
};
export type NewVersion = {
  readonly id: string;
  readonly version: number;
  readonly document: FlowDocument;
  readonly savedBy: string;
  readonly savedAt: number;
};

const columns = 'flows.id, case_id, flows.version, name, description, node_count, saved_at, saved_by';
const newest = 'FROM flows JOIN flow_versions ON flow_versions.flow_id = flows.id AND flow_versions.version = flows.version';

/** Flows and the versions of their documents. Writing methods are called inside an act's transaction. */
export class FlowsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  list(caseIds: readonly string[]): FlowSummary[] {
    const rows = this.#db
      .prepare(`SELECT ${columns} ${newest} WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY name, flows.id`)
      .all(JSON.stringify(caseIds)) as SummaryRow[];
    return rows.map(toSummary);
  }

  get(id: string): Flow | null {
    const row = this.#db.prepare(`SELECT ${columns}, document ${newest} WHERE flows.id = ?`).get(id) as
      | (SummaryRow & { document: string })
      | undefined;
    return row ? { ...toSummary(row), document: JSON.parse(row.document) as FlowDocument } : null;
  }

  hasSample(caseId: string, name: string): boolean {
    return this.#db.prepare('SELECT 1 FROM flows WHERE case_id = ? AND sample = ?').get(caseId, name) !== undefined;
  }

  add(entry: NewVersion, caseId: string, sample: string | null): void {
    this.#db
      .prepare('INSERT INTO flows (id, case_id, version, created_at, sample) VALUES (?, ?, ?, ?, ?)')
      .run(entry.id, caseId, entry.version, entry.savedAt, sample);
    this.#addVersion(entry);
  }

  /** Makes `entry` the newest version if the one before it is newest now; false if it is not. */
  save(entry: NewVersion): boolean {
    const { changes } = this.#db
      .prepare('UPDATE flows SET version = ? WHERE id = ? AND version = ?')
      .run(entry.version, entry.id, entry.version - 1);
    if (changes === 0) return false;
    this.#addVersion(entry);
    return true;
  }

  remove(id: string): boolean {
    return this.#db.prepare('DELETE FROM flows WHERE id = ?').run(id).changes > 0;
  }

  #addVersion({ id, version, document, savedAt, savedBy }: NewVersion): void {
    this.#db
      .prepare(
        'INSERT INTO flow_versions (flow_id, version, name, description, node_count, document, saved_at, saved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(id, version, document.name, document.description, document.nodes.length, JSON.stringify(document), savedAt, savedBy);
  }
}

function toSummary(row: SummaryRow): FlowSummary {
  const { id, case_id: caseId, name, description, version } = row;
  return { id, caseId, name, description, version, nodeCount: row.node_count, updatedAt: row.saved_at, updatedBy: row.saved_by };
}
