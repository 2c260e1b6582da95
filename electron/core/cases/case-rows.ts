import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';

/** References that rightly outlive what they name: a run of another case keeps the id of the flow it was started with. */
const mayStay: ReadonlySet<string> = new Set(['runs.flow_id']);

type Column = { readonly table: string; readonly column: string };
const columnRow = z.object({ table: z.string(), column: z.string() });

/**
 * The rows of a case, found through the schema itself, so that a table that comes later is deleted and searched too:
 * every table with a `case_id` belongs to cases, and every column `id` or `…_id` may name what belongs to one.
 */
export class CaseRows {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Ids of everything in the case, its own among them. */
  ids(caseId: string): string[] {
    const ids = [caseId];
    for (const table of this.#owned())
      if (this.#has(table, 'id')) ids.push(...this.#strings(`SELECT id FROM ${table} WHERE case_id = ?`, caseId));
    return ids;
  }

  count(table: string, caseId: string): number {
    return z.number().parse(this.#db.prepare(`SELECT count(*) FROM ${table} WHERE case_id = ?`).pluck().get(caseId));
  }

  /** Deletes all rows of the case; what hangs on them goes by ON DELETE CASCADE. Inside a transaction. */
  remove(caseId: string): void {
    for (const table of this.#owned()) this.#db.prepare(`DELETE FROM ${table} WHERE case_id = ?`).run(caseId);
    this.#db.prepare('DELETE FROM cases WHERE id = ?').run(caseId);
  }

  /** How many rows anywhere, but in the audit log, still name one of these ids. */
  countNaming(ids: readonly string[]): number {
    const named = JSON.stringify(ids);
    let rows = 0;
    for (const { table, column } of this.#idColumns()) {
      if (mayStay.has(`${table}.${column}`)) continue;
      const sql = `SELECT count(*) FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`;
      rows += z.number().parse(this.#db.prepare(sql).pluck().get(named));
    }
    return rows;
  }

  #owned(): string[] {
    return this.#columns()
      .filter(({ column }) => column === 'case_id')
      .map(({ table }) => table);
  }

  #has(table: string, column: string): boolean {
    return this.#columns().some((each) => each.table === table && each.column === column);
  }

  #idColumns(): Column[] {
    return this.#columns().filter(({ column }) => column === 'id' || column.endsWith('_id'));
  }

  #columns(): Column[] {
    const sql = `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
      WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND t.name NOT LIKE 'audit\\_%' ESCAPE '\\' AND t.name <> 'case_removals' ORDER BY t.name, c.cid`;
    return z.array(columnRow).parse(this.#db.prepare(sql).all());
  }

  #strings(sql: string, value: string): string[] {
    return z.array(z.string()).parse(this.#db.prepare(sql).pluck().all(value));
  }
}
