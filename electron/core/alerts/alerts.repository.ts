import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { alertFacts, alertRules, alertState, mostEvidence, type Alert, type AlertRules } from '../contract/alerts.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Finding, SeenLeaf } from './finding.ts';

const row = z.object({
  id: z.string(),
  severity: z.enum(['notice', 'warning']),
  person_id: z.string().nullable(),
  person_name: z.string().nullable(),
  first_at: z.number(),
  last_at: z.number(),
  facts: z.string(),
  evidence: z.string(),
  state: alertState,
  decided_by: z.string().nullable(),
  decided_at: z.number().nullable(),
  note: z.string().nullable(),
});
const decidedRow = z.object({ id: z.string(), facts: z.string(), since: z.number() });
const rulesRow = z.object({ rules: z.string(), by: z.string(), at: z.number() });

export class AlertsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  list(filter: { state?: Alert['state'] | undefined; before?: number | undefined; limit: number }): Alert[] {
    const sql = `SELECT * FROM alerts WHERE (@state IS NULL OR state = @state) AND last_at < @before ORDER BY last_at DESC, id LIMIT @limit`;
    const values = { state: filter.state ?? null, before: filter.before ?? Number.MAX_SAFE_INTEGER, limit: filter.limit };
    return z.array(row).parse(this.#db.prepare(sql).all(values)).map(toAlert);
  }

  open(): number {
    return z.number().parse(this.#db.prepare(`SELECT count(*) FROM alerts WHERE state = 'open'`).pluck().get());
  }

  find(id: string): Alert | null {
    const found: unknown = this.#db.prepare('SELECT * FROM alerts WHERE id = ?').get(id);
    return found === undefined ? null : toAlert(row.parse(found));
  }

  /**
   * Makes an alert of a finding, or brings the open one of its key up to date. One that was decided stays as it was decided
   * upon; once as much again was found there is another. Returns the id of a new one, or null.
   */
  put(finding: Finding, leaf: SeenLeaf): string | null {
    const { key, severity, facts, evidence } = finding;
    const values = { key, severity, facts: JSON.stringify(facts), evidence: JSON.stringify(evidence.slice(0, mostEvidence)) };
    const newest = { at: leaf.at, sequence: leaf.sequence };
    const known = this.#db
      .prepare(
        `UPDATE alerts SET severity = @severity, facts = @facts, evidence = @evidence, last_at = max(last_at, @at), last_sequence = @sequence
         WHERE key = @key AND state = 'open'`,
      )
      .run({ ...values, ...newest });
    if (known.changes > 0 || this.#isCovered(key, leaf.sequence)) return null;
    const id = randomUUID();
    const firstAt = this.#atOf(evidence[0]) ?? leaf.at;
    const person = { personId: leaf.personId || null, personName: leaf.personId ? leaf.actor : null };
    this.#db
      .prepare(
        `INSERT INTO alerts (id, key, severity, person_id, person_name, first_at, last_at, facts, evidence, state, last_sequence)
         VALUES (@id, @key, @severity, @personId, @personName, @firstAt, @at, @facts, @evidence, 'open', @sequence)`,
      )
      .run({ ...values, ...newest, ...person, id, firstAt });
    return id;
  }

  /** Counts a finding of an alert that was decided: it is covered by that until as much again was found. */
  #isCovered(key: string, sequence: number): boolean {
    const sql = 'UPDATE alerts SET since = since + 1, last_sequence = @sequence WHERE key = @key RETURNING id, facts, since';
    const decided = decidedRow.safeParse(this.#db.prepare(sql).get({ key, sequence }));
    if (!decided.success) return false;
    const { id, facts, since } = decided.data;
    const upon = alertFacts.parse(JSON.parse(facts));
    if (!('count' in upon) || since < upon.count) return true;
    // `!` stands before all that keys are looked for by.
    this.#db.prepare("UPDATE alerts SET key = '!' || key || '/' || id WHERE id = ?").run(id);
    return false;
  }

  decide(id: string, state: Alert['state'], by: string, at: number, note: string): void {
    this.#db
      .prepare('UPDATE alerts SET state = ?, decided_by = ?, decided_at = ?, note = ?, since = 0 WHERE id = ?')
      .run(state, by, at, note, id);
  }

  rules(): { rules: AlertRules; changed: { by: string; at: number } } | null {
    const found = rulesRow.safeParse(this.#db.prepare('SELECT rules, by, at FROM alert_rules').get());
    if (!found.success) return null;
    const { rules, by, at } = found.data;
    return { rules: alertRules.parse(JSON.parse(rules)), changed: { by, at } };
  }

  setRules(rules: AlertRules, by: string, at: number): void {
    const sql = `INSERT INTO alert_rules (one, rules, by, at) VALUES (1, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET rules = excluded.rules, by = excluded.by, at = excluded.at`;
    this.#db.prepare(sql).run(JSON.stringify(rules), by, at);
  }

  /** Sequence of the first leaf that was not looked at; never beyond the log. */
  edge(): number {
    const [next, size] = ['SELECT next FROM alert_edge', 'SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves'].map(
      (sql) => z.number().optional().parse(this.#db.prepare(sql).pluck().get()) ?? 0,
    ) as [number, number];
    // Somebody put it there, so that nothing would be looked at any more.
    if (next > size) this.setEdge(size);
    return Math.min(next, size);
  }

  setEdge(next: number): void {
    this.#db.prepare('INSERT INTO alert_edge (one, next) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET next = excluded.next').run(next);
  }

  /** Texts of leaves from `start` on, in order; null where the retention is over. */
  leavesFrom(start: number, limit: number): { sequence: number; canonical: string | null }[] {
    const sql = 'SELECT sequence, canonical FROM audit_leaves WHERE sequence >= ? ORDER BY sequence LIMIT ?';
    return z.array(z.object({ sequence: z.number(), canonical: z.string().nullable() })).parse(this.#db.prepare(sql).all(start, limit));
  }

  #atOf(sequence: number | undefined): number | null {
    if (sequence === undefined) return null;
    return (
      z.number().nullable().optional().parse(this.#db.prepare('SELECT at FROM audit_leaves WHERE sequence = ?').pluck().get(sequence)) ??
      null
    );
  }
}

function toAlert(each: z.infer<typeof row>): Alert {
  const { id, severity, person_id, person_name, decided_by, decided_at } = each;
  return {
    id,
    severity,
    person: person_id === null ? null : { id: person_id, userName: person_name ?? '' },
    firstAt: each.first_at,
    lastAt: each.last_at,
    facts: alertFacts.parse(JSON.parse(each.facts)),
    evidence: z.array(z.number()).parse(JSON.parse(each.evidence)),
    state: each.state,
    decision: decided_by === null || decided_at === null ? null : { by: decided_by, at: decided_at, note: each.note ?? '' },
  };
}
