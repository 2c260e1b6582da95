import { z } from 'zod';
import { modelHeader, modelLabel } from '../contract/models.ts';
import type { WritableDb } from '../vault/database.ts';
import type { ModelRecord } from './model-record.ts';

const row = z
  .object({
    id: z.string(),
    display_name: z.string(),
    sha256: z.string(),
    storage: z.enum(['copied', 'linked']),
    path: z.string(),
    modified_ms: z.number(),
    label: modelLabel.nullable(),
    header: z.string(),
    cache_bytes_per_token: z.number(),
    imported_at: z.number(),
  })
  .transform((found): ModelRecord => ({
    id: found.id,
    displayName: found.display_name,
    sha256: found.sha256,
    storage: found.storage,
    path: found.path,
    modifiedMs: found.modified_ms,
    label: found.label,
    header: modelHeader.parse(JSON.parse(found.header)),
    cacheBytesPerToken: found.cache_bytes_per_token,
    importedAt: found.imported_at,
  }));

/** The tables `models` and `model_default`. Writers take part in the caller's transaction. */
export class ModelsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Newest first. */
  list(): ModelRecord[] {
    return z.array(row).parse(this.#db.prepare('SELECT * FROM models ORDER BY imported_at DESC, id').all());
  }

  bySha256(sha256: string): ModelRecord | null {
    return row.nullable().parse(this.#db.prepare('SELECT * FROM models WHERE sha256 = ?').get(sha256) ?? null);
  }

  /** Says where the copied files lie now: a vault that was restored or moved has them in another folder. */
  relocateCopies(pathOf: (sha256: string) => string): void {
    for (const { id, sha256, storage, path } of this.list())
      if (storage === 'copied' && path !== pathOf(sha256))
        this.#db.prepare('UPDATE models SET path = ? WHERE id = ?').run(pathOf(sha256), id);
  }

  add(model: ModelRecord): void {
    this.#db
      .prepare(
        `INSERT INTO models (id, display_name, sha256, storage, path, modified_ms, label, header, cache_bytes_per_token, imported_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        model.id,
        model.displayName,
        model.sha256,
        model.storage,
        model.path,
        model.modifiedMs,
        model.label,
        JSON.stringify(model.header),
        model.cacheBytesPerToken,
        model.importedAt,
      );
  }

  remove(id: string): void {
    this.#db.prepare('DELETE FROM models WHERE id = ?').run(id);
    this.#db.prepare('DELETE FROM model_default WHERE model_id = ?').run(id);
  }

  /** Id of the model somebody chose as default. */
  chosenDefault(): string | null {
    const found = this.#db.prepare('SELECT model_id FROM model_default').pluck().get();
    return typeof found === 'string' ? found : null;
  }

  chooseDefault(id: string): void {
    this.#db
      .prepare('INSERT INTO model_default (only_row, model_id) VALUES (1, ?) ON CONFLICT DO UPDATE SET model_id = excluded.model_id')
      .run(id);
  }
}
