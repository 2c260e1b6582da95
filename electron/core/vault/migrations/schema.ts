import type { WritableDb } from '../database.ts';

/** The schema as SQL, in a stable order. */
export function describeSchema(db: WritableDb): string {
  const rows = db
    .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name")
    .all() as { sql: string }[];
  return `${rows.map(({ sql }) => `${sql};`).join('\n\n')}\n`;
}
