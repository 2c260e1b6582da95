import { z } from 'zod';
import { approval } from '../contract/approvals.ts';
import type { WritableDb } from '../vault/database.ts';

const row = z
  .object({
    id: z.string(),
    call: z.string(),
    class: approval.shape.class,
    input: z.string(),
    input_hash: z.string(),
    requested_by: z.string(),
    requested_at: z.number(),
    expires_at: z.number(),
    state: approval.shape.state.exclude(['expired']),
    decided_by: z.string().nullable(),
    decided_at: z.number().nullable(),
    comment: z.string(),
  })
  .transform((r) => ({
    id: r.id,
    call: r.call,
    class: r.class,
    input: z.json().parse(JSON.parse(r.input)),
    inputHash: r.input_hash,
    requestedBy: r.requested_by,
    requestedAt: r.requested_at,
    expiresAt: r.expires_at,
    state: r.state,
    decidedBy: r.decided_by,
    decidedAt: r.decided_at,
    comment: r.comment,
  }));
export type StoredApproval = z.infer<typeof row>;

/** Of these the newest are shown. */
const shownAtMost = 500;

export class ApprovalsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Newest first: all that are open at `now`, whatever else somebody asked for and withdrew, and the newest of the others. */
  list(now: number): StoredApproval[] {
    return this.#db
      .prepare(
        `SELECT * FROM approvals WHERE (state IN ('waiting', 'approved') AND expires_at > ?)
           OR id IN (SELECT id FROM approvals ORDER BY requested_at DESC, id LIMIT ?) ORDER BY requested_at DESC, id`,
      )
      .all(now, shownAtMost)
      .map((each) => row.parse(each));
  }

  byId(id: string): StoredApproval | null {
    const found = this.#db.prepare('SELECT * FROM approvals WHERE id = ?').get(id);
    return found === undefined ? null : row.parse(found);
  }

  /** Neither used nor settled nor lapsed; newest first. */
  open(requestedBy: string, now: number): StoredApproval[] {
    return this.#db
      .prepare(
        `SELECT * FROM approvals WHERE requested_by = ? AND state IN ('waiting', 'approved') AND expires_at > ? ORDER BY requested_at DESC`,
      )
      .all(requestedBy, now)
      .map((each) => row.parse(each));
  }

  add(added: StoredApproval): void {
    this.#db
      .prepare(
        `INSERT INTO approvals (id, call, class, input, input_hash, requested_by, requested_at, expires_at, state, decided_by, decided_at, comment)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        added.id,
        added.call,
        added.class,
        JSON.stringify(added.input),
        added.inputHash,
        added.requestedBy,
        added.requestedAt,
        added.expiresAt,
        added.state,
        added.decidedBy,
        added.decidedAt,
        added.comment,
      );
  }

  settle(id: string, settled: Pick<StoredApproval, 'state' | 'decidedBy' | 'decidedAt' | 'comment'>): void {
    this.#db
      .prepare('UPDATE approvals SET state = ?, decided_by = ?, decided_at = ?, comment = ? WHERE id = ?')
      .run(settled.state, settled.decidedBy, settled.decidedAt, settled.comment, id);
  }
}
