import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import type { Hash } from './merkle.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const headRow = z.object({ size: z.number(), root: bytes, checkpoint: z.string() });
const hashRow = z.object({ hash: bytes });
const leafRow = z.object({ sequence: z.number(), canonical: z.string(), leaf_hash: bytes });
export type LeafRow = z.infer<typeof leafRow>;
export type HeadRow = z.infer<typeof headRow>;

/** The tables of the audit log; the statements of an append are prepared once. */
export class AuditRepository {
  readonly #db: WritableDb;
  readonly #statements;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#statements = {
      head: db.prepare('SELECT size, root, checkpoint FROM audit_head WHERE id = 1'),
      newestAt: db.prepare('SELECT at FROM audit_leaves ORDER BY sequence DESC LIMIT 1'),
      leaf: db.prepare('SELECT leaf_hash AS hash FROM audit_leaves WHERE sequence = ?'),
      node: db.prepare('SELECT hash FROM audit_nodes WHERE level = ? AND position = ?'),
      addLeaf: db.prepare('INSERT INTO audit_leaves (sequence, canonical, leaf_hash) VALUES (?, ?, ?)'),
      addNode: db.prepare('INSERT INTO audit_nodes (level, position, hash) VALUES (?, ?, ?)'),
      setHead: db.prepare(
        'INSERT INTO audit_head (id, size, root, checkpoint) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint',
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
    return row === undefined ? null : hashRow.parse(row).hash;
  }

  addLeaf({ sequence, canonical, leaf_hash }: LeafRow): void {
    this.#statements.addLeaf.run(sequence, canonical, leaf_hash);
  }

  addNode(level: number, position: number, hash: Hash): void {
    this.#statements.addNode.run(level, position, hash);
  }

  setHead(head: HeadRow): void {
    this.#statements.setHead.run(head.size, head.root, head.checkpoint);
  }

  /** Leaves from `start` on in order, at most `limit`. */
  leavesFrom(start: number, limit: number): LeafRow[] {
    return z
      .array(leafRow)
      .parse(
        this.#db
          .prepare('SELECT sequence, canonical, leaf_hash FROM audit_leaves WHERE sequence >= ? ORDER BY sequence LIMIT ?')
          .all(start, limit),
      );
  }

  /** Leaves on any of the subjects, in order. */
  leavesOf(subjects: readonly string[]): LeafRow[] {
    const sql =
      'SELECT sequence, canonical, leaf_hash FROM audit_leaves WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY sequence';
    return z.array(leafRow).parse(this.#db.prepare(sql).all(JSON.stringify(subjects)));
  }

  /** How many rows the tables hold, and the highest sequence. */
  extent(): { leaves: number; nodes: number; highest: number } {
    const sql =
      'SELECT (SELECT count(*) FROM audit_leaves) AS leaves, (SELECT count(*) FROM audit_nodes) AS nodes, (SELECT COALESCE(MAX(sequence), -1) FROM audit_leaves) AS highest';
    return z.object({ leaves: z.number(), nodes: z.number(), highest: z.number() }).parse(this.#db.prepare(sql).get());
  }

  /** Name → SQL of the triggers on the audit tables. */
  triggers(): Map<string, string> {
    const rows = this.#db
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit\\_%' ESCAPE '\\'")
      .all();
    return new Map(
      z
        .array(z.object({ name: z.string(), sql: z.string() }))
        .parse(rows)
        .map(({ name, sql }) => [name, sql]),
    );
  }
}
