import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import type { Hash } from './merkle.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const headRow = z.object({ size: z.number(), root: bytes, edge: bytes, mac: bytes });
const hash = bytes.nullable();
/** `canonical` is null where the leaf lost its text by the prune that the leaf `pruned_by` tells of. */
const leafRow = z.object({ sequence: z.number(), canonical: z.string().nullable(), leaf_hash: bytes, pruned_by: z.number().nullable() });
const noteRow = z.object({ sequence: z.number(), first: z.number(), before: z.number(), count: z.number(), until: z.number() });
export type LeafRow = z.infer<typeof leafRow>;
export type HeadRow = z.infer<typeof headRow>;

/** The tables of the audit log; the statements of an append are prepared once. */
export class AuditRepository {
  readonly #db: WritableDb;
  readonly #statements;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#statements = {
      head: db.prepare('SELECT size, root, edge, mac FROM audit_head WHERE id = 1'),
      newestAt: db.prepare('SELECT at FROM audit_leaves ORDER BY sequence DESC LIMIT 1'),
      leaf: db.prepare('SELECT leaf_hash FROM audit_leaves WHERE sequence = ?').pluck(),
      node: db.prepare('SELECT hash FROM audit_nodes WHERE level = ? AND position = ?').pluck(),
      addLeaf: db.prepare('INSERT INTO audit_leaves (sequence, canonical, leaf_hash) VALUES (?, ?, ?)'),
      addNode: db.prepare('INSERT INTO audit_nodes (level, position, hash) VALUES (?, ?, ?)'),
      setHead: db.prepare(
        `INSERT INTO audit_head (id, size, root, edge, mac) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
         SET size = excluded.size, root = excluded.root, edge = excluded.edge, mac = excluded.mac`,
      ),
    };
  }

  head(): HeadRow | null {
    const row: unknown = this.#statements.head.get();
    return row === undefined ? null : headRow.parse(row);
  }

  newestAt(): number | null {
    const row = this.#statements.newestAt.get() as { at: number } | undefined;
    return row?.at ?? null;
  }

  /** Hash of a complete subtree, or null where it is missing. */
  node(level: number, position: number): Hash | null {
    const row: unknown = level === 0 ? this.#statements.leaf.get(position) : this.#statements.node.get(level, position);
    return hash.parse(row ?? null);
  }

  addLeaf({ sequence, canonical, leaf_hash }: Omit<LeafRow, 'pruned_by'>): void {
    this.#statements.addLeaf.run(sequence, canonical, leaf_hash);
  }

  addNode(level: number, position: number, hash: Hash): void {
    this.#statements.addNode.run(level, position, hash);
  }

  setHead(head: HeadRow): void {
    this.#statements.setHead.run(head.size, head.root, head.edge, head.mac);
  }

  /** Leaves from `start` on in order, at most `limit`. */
  leavesFrom(start: number, limit: number): LeafRow[] {
    const sql = 'SELECT sequence, canonical, leaf_hash, pruned_by FROM audit_leaves WHERE sequence >= ? ORDER BY sequence LIMIT ?';
    return z.array(leafRow).parse(this.#db.prepare(sql).all(start, limit));
  }

  /** Rows that a log of this size has no place for. */
  strays(size: number): { leaves: number; nodes: number } {
    const count = (sql: string, ...values: number[]) =>
      z.number().parse(
        this.#db
          .prepare(sql)
          .pluck()
          .get(...values),
      );
    const leaves = count('SELECT count(*) FROM audit_leaves WHERE sequence >= ? OR sequence < 0', size);
    const levels = Math.max(0, Math.floor(Math.log2(size)));
    let nodes = count('SELECT count(*) FROM audit_nodes WHERE level > ? OR level < 1', levels);
    for (let level = 1; level <= levels; level += 1)
      nodes += count(
        'SELECT count(*) FROM audit_nodes WHERE level = ? AND (position >= ? OR position < 0)',
        level,
        Math.floor(size / 2 ** level),
      );
    return { leaves, nodes };
  }

  /** Rows beside the one in the tables that have one. */
  extras(): number {
    const tables = ['audit_head', 'audit_seal_start', 'audit_seal_key'];
    const sql = tables.map((table) => `(SELECT count(*) FROM ${table} WHERE id IS NOT 1)`).join(' + ');
    return z.number().parse(this.#db.prepare(`SELECT ${sql}`).pluck().get());
  }

  /** The public key noted beside the log's private key (SubjectPublicKeyInfo), or null. */
  notedKey(): Uint8Array | null {
    const sql = "SELECT public_key FROM signing_keys WHERE purpose = 'audit-log'";
    return bytes.nullable().parse(this.#db.prepare(sql).pluck().get() ?? null);
  }

  /** -1 for an empty log. */
  highest(): number {
    return z.number().parse(this.#db.prepare('SELECT COALESCE(MAX(sequence), -1) FROM audit_leaves').pluck().get());
  }

  /** Prunes as they are noted beside the leaves that tell of them. */
  pruneNotes(): z.infer<typeof noteRow>[] {
    const sql = 'SELECT sequence, first, before, count, until FROM audit_prunes ORDER BY sequence';
    return z.array(noteRow).parse(this.#db.prepare(sql).all());
  }

  /** Name → SQL of all that makes the tables what they are, and of every trigger on them. The search index is derived, and another matter. */
  schema(): Map<string, string> {
    const sql = `SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (tbl_name LIKE 'audit\\_%' ESCAPE '\\' OR tbl_name = 'signing_keys')
      AND (type = 'trigger' OR tbl_name NOT LIKE 'audit\\_search%' ESCAPE '\\')`;
    const rows = z.array(z.object({ name: z.string(), sql: z.string() })).parse(this.#db.prepare(sql).all());
    return new Map(rows.map(({ name, sql: text }) => [name, text]));
  }

  /** Is the whole log held? */
  isHeld(): boolean {
    return this.#db.prepare('SELECT 1 FROM audit_hold').get() !== undefined;
  }
}
