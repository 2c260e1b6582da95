import type { ReportTemplate } from '../../contract/templates.ts';
import type { WritableDb } from '../../vault/database.ts';

type Row = Pick<ReportTemplate, 'id' | 'kind' | 'language' | 'name' | 'text' | 'sha256'> & { changed_at: number; changed_by: string };

/** A vault's own templates. */
export class TemplatesRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  list(): ReportTemplate[] {
    const rows = this.#db.prepare('SELECT * FROM report_templates ORDER BY name, id').all() as Row[];
    return rows.map(({ changed_at: changedAt, changed_by: changedBy, ...row }) => ({ ...row, builtIn: false, changedAt, changedBy }));
  }

  put({ id, kind, language, name, text, sha256, changedAt, changedBy }: ReportTemplate): void {
    this.#db
      .prepare(
        `INSERT INTO report_templates (id, kind, language, name, text, sha256, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, language = excluded.language, name = excluded.name, text = excluded.text,
           sha256 = excluded.sha256, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      )
      .run(id, kind, language, name, text, sha256, changedAt, changedBy);
  }

  remove(id: string): void {
    this.#db.prepare('DELETE FROM report_templates WHERE id = ?').run(id);
  }
}
