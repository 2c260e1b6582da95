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

  /** Makes an alert of a finding, or brings the one of its key up to date. Returns the id of a new one, or null. */
  put({ key, severity, facts, evidence }: Finding, leaf: SeenLeaf): string | null {
    const values = { key, severity, facts: JSON.stringify(facts), evidence: JSON.stringify(evidence.slice(0, mostEvidence)), at: leaf.at };
    const known = this.#db
      .prepare('UPDATE alerts SET severity = @severity, facts = @facts, evidence = @evidence, last_at = max(last_at, @at) WHERE key = @key')
      .run(values);
    if (known.changes > 0) return null;
    const id = randomUUID();
    const firstAt = this.#atOf(evidence[0]) ?? leaf.at;
    this.#db
      .prepare(
        `INSERT INTO alerts (id, key, severity, person_id, person_name, first_at, last_at, facts, evidence, state)
         VALUES (@id, @key, @severity, @personId, @personName, @firstAt, @at, @facts, @evidence, 'open')`,
      )
      .run({ ...values, id, firstAt, personId: leaf.personId || null, personName: leaf.personId ? leaf.actor : null });
    return id;
  }

  decide(id: string, state: Alert['state'], by: string, at: number, note: string): void {
    this.#db.prepare('UPDATE alerts SET state = ?, decided_by = ?, decided_at = ?, note = ? WHERE id = ?').run(state, by, at, note, id);
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

  /** Sequence of the first leaf that was not looked at. */
  get edge(): number {
    return z.number().optional().parse(this.#db.prepare('SELECT next FROM alert_edge').pluck().get()) ?? 0;
  }

  set edge(next: number) {
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
