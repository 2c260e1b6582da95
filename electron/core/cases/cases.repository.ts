import { z } from 'zod';
import { caseAccess, type CaseAccess } from '../contract/base.ts';
import { caseSummary, type CaseMember, type Classification } from '../contract/cases.ts';
import type { WritableDb } from '../vault/database.ts';

const caseRow = z.object({
  id: z.string(),
  name: z.string(),
  personal_of: z.string().nullable(),
  classification: caseSummary.shape.classification,
  purpose: z.string(),
  state: caseSummary.shape.state,
  created_at: z.number(),
  closed_at: z.number().nullable(),
  retention_days: z.number().nullable(),
  hold_reason: z.string().nullable(),
  hold_since: z.number().nullable(),
  hold_by: z.string().nullable(),
  members: z.number(),
  documents: z.number(),
  flows: z.number(),
  runs: z.number(),
  conversations: z.number(),
  reports: z.number(),
});
export type CaseRow = z.infer<typeof caseRow>;
const memberRow = z.object({
  person_id: z.string(),
  user_name: z.string(),
  display_name: z.string(),
  access: z.enum(caseAccess),
  since: z.number(),
});
const grantRow = z.object({ id: z.string(), access: z.enum(caseAccess), state: z.string(), personal_of: z.string().nullable() });

export type NewCase = {
  readonly id: string;
  readonly name: string;
  readonly personalOf: string | null;
  readonly classification: Classification;
  readonly purpose: string;
  readonly retentionDays: number | null;
  readonly createdAt: number;
};

const counted = ['documents', 'flows', 'runs', 'conversations', 'reports'];
const columns = `cases.*, (SELECT count(*) FROM case_members WHERE case_id = cases.id) AS members,
  ${counted.map((table) => `(SELECT count(*) FROM ${table} WHERE case_id = cases.id) AS ${table}`).join(', ')}`;

/** Cases and their members. Writing methods are called inside an act's transaction. */
export class CasesRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  byId(id: string): CaseRow | null {
    const row: unknown = this.#db.prepare(`SELECT ${columns} FROM cases WHERE id = ?`).get(id);
    return row === undefined ? null : caseRow.parse(row);
  }

  /** Oldest first; `ids` null: all. */
  list(ids: readonly string[] | null): CaseRow[] {
    const where = ids ? 'WHERE id IN (SELECT value FROM json_each(?))' : '';
    const rows = this.#db
      .prepare(`SELECT ${columns} FROM cases ${where} ORDER BY created_at, cases.rowid`)
      .all(...(ids ? [JSON.stringify(ids)] : []));
    return rows.map((row) => caseRow.parse(row));
  }

  personalOf(personId: string): string | null {
    const id: unknown = this.#db.prepare('SELECT id FROM cases WHERE personal_of = ?').pluck().get(personId);
    return id === undefined ? null : z.string().parse(id);
  }

  /** Is a run or an import of the case unfinished? */
  isAtWork(id: string): boolean {
    const found = this.#db
      .prepare(
        `SELECT 1 FROM runs WHERE case_id = @id AND state IN ('queued', 'running')
         UNION ALL SELECT 1 FROM documents WHERE case_id = @id AND status IN ('queued', 'reading') LIMIT 1`,
      )
      .get({ id });
    return found !== undefined;
  }

  isHeld(id: string): boolean {
    return this.#db.prepare('SELECT 1 FROM cases WHERE id = ? AND hold_reason IS NOT NULL').get(id) !== undefined;
  }

  /** The cases a person is in. */
  grants(personId: string): z.infer<typeof grantRow>[] {
    const rows = this.#db
      .prepare('SELECT id, access, state, personal_of FROM case_members JOIN cases ON cases.id = case_id WHERE person_id = ?')
      .all(personId);
    return rows.map((row) => grantRow.parse(row));
  }

  members(id: string): CaseMember[] {
    const rows = this.#db
      .prepare(
        `SELECT person_id, user_name, display_name, access, since FROM case_members JOIN people ON people.id = person_id
         WHERE case_id = ? ORDER BY since, user_name`,
      )
      .all(id);
    return rows
      .map((row) => memberRow.parse(row))
      .map((row) => ({
        personId: row.person_id,
        userName: row.user_name,
        displayName: row.display_name,
        access: row.access,
        since: row.since,
      }));
  }

  add(added: NewCase): void {
    this.#db
      .prepare(
        `INSERT INTO cases (id, name, personal_of, classification, purpose, state, created_at, retention_days)
         VALUES (@id, @name, @personalOf, @classification, @purpose, 'open', @createdAt, @retentionDays)`,
      )
      .run(added);
  }

  update(id: string, { name, classification, purpose }: Pick<NewCase, 'name' | 'classification' | 'purpose'>): void {
    this.#db.prepare('UPDATE cases SET name = ?, classification = ?, purpose = ? WHERE id = ?').run(name, classification, purpose, id);
  }

  setRetention(id: string, days: number | null): void {
    this.#db.prepare('UPDATE cases SET retention_days = ? WHERE id = ?').run(days, id);
  }

  /** `closedAt` null: open. */
  setClosed(id: string, closedAt: number | null): void {
    this.#db.prepare('UPDATE cases SET state = ?, closed_at = ? WHERE id = ?').run(closedAt === null ? 'open' : 'closed', closedAt, id);
  }

  setHold(id: string, hold: { reason: string; since: number; by: string } | null): void {
    this.#db
      .prepare('UPDATE cases SET hold_reason = ?, hold_since = ?, hold_by = ? WHERE id = ?')
      .run(hold?.reason ?? null, hold?.since ?? null, hold?.by ?? null, id);
  }

  setMember(id: string, personId: string, access: CaseAccess, since: number): void {
    this.#db
      .prepare(
        `INSERT INTO case_members (case_id, person_id, access, since) VALUES (?, ?, ?, ?)
         ON CONFLICT (case_id, person_id) DO UPDATE SET access = excluded.access`,
      )
      .run(id, personId, access, since);
  }

  removeMember(id: string, personId: string): void {
    this.#db.prepare('DELETE FROM case_members WHERE case_id = ? AND person_id = ?').run(id, personId);
  }

  /** Time of the newest audit leaf, ms; no clock that runs behind makes an act older than it. */
  latestRecord(): number {
    return z
      .number()
      .parse(this.#db.prepare('SELECT COALESCE((SELECT at FROM audit_leaves ORDER BY sequence DESC LIMIT 1), 0)').pluck().get());
  }
}
