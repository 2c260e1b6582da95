import type { Flow, FlowDocument, FlowSummary } from '../contract/flows.ts';
import type { WritableDb } from '../vault/database.ts';

type SummaryRow = {
  id: string;
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

const newest = 'FROM flows JOIN flow_versions ON flow_versions.flow_id = flows.id AND flow_versions.version = flows.version';

/** Flows and the versions of their documents. Writing methods are called inside an act's transaction. */
export class FlowsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  list(): FlowSummary[] {
    const rows = this.#db
      .prepare(`SELECT flows.id, flows.version, name, description, node_count, saved_at, saved_by ${newest} ORDER BY name, flows.id`)
      .all() as SummaryRow[];
    return rows.map(toSummary);
  }

  get(id: string): Flow | null {
    const row = this.#db
      .prepare(`SELECT flows.id, flows.version, name, description, node_count, saved_at, saved_by, document ${newest} WHERE flows.id = ?`)
      .get(id) as (SummaryRow & { document: string }) | undefined;
    return row ? { ...toSummary(row), document: JSON.parse(row.document) as FlowDocument } : null;
  }

  hasSample(name: string): boolean {
    return this.#db.prepare('SELECT 1 FROM flows WHERE sample = ?').get(name) !== undefined;
  }

  add(entry: NewVersion, sample: string | null): void {
    this.#db
      .prepare('INSERT INTO flows (id, version, created_at, sample) VALUES (?, ?, ?, ?)')
      .run(entry.id, entry.version, entry.savedAt, sample);
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
  const { id, name, description, version } = row;
  return { id, name, description, version, nodeCount: row.node_count, updatedAt: row.saved_at, updatedBy: row.saved_by };
}
