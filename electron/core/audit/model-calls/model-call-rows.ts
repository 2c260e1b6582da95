import { z } from 'zod';
import type { WritableDb } from '../../vault/database.ts';

const row = z.object({
  id: z.string(),
  case_id: z.string(),
  conversation_id: z.string().nullable(),
  salt: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  prompt: z.string().nullable(),
  output: z.string().nullable(),
});

export type ModelCallRow = {
  readonly id: string;
  readonly caseId: string;
  readonly conversationId: string | null;
  readonly salt: Uint8Array;
  /** Null: only hashes were kept. */
  readonly prompt: string | null;
  readonly output: string | null;
};

/** Salts and texts of model calls. */
export class ModelCallRows {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Keeps nothing of a call of which something was deleted while it ran: it would stay behind. */
  add({ id, caseId, conversationId, salt, prompt, output }: ModelCallRow, documents: readonly string[]): void {
    if (!this.#allThere(caseId, conversationId, documents)) return;
    this.#db
      .prepare('INSERT INTO model_calls (id, case_id, conversation_id, salt, prompt, output) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, caseId, conversationId, salt, prompt, output);
    const link = this.#db.prepare('INSERT INTO model_call_documents (call_id, document_id) VALUES (?, ?)');
    for (const document of new Set(documents)) link.run(id, document);
  }

  byId(id: string): ModelCallRow | null {
    const found = this.#db.prepare('SELECT id, case_id, conversation_id, salt, prompt, output FROM model_calls WHERE id = ?').get(id);
    if (found === undefined) return null;
    const { case_id: caseId, conversation_id: conversationId, ...rest } = row.parse(found);
    return { ...rest, caseId, conversationId };
  }

  remove(ids: readonly string[]): void {
    this.#db.prepare('DELETE FROM model_calls WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));
  }

  #allThere(caseId: string, conversationId: string | null, documents: readonly string[]): boolean {
    const count = (table: string, ids: readonly string[]) =>
      z
        .number()
        .parse(
          this.#db.prepare(`SELECT count(*) FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`).pluck().get(JSON.stringify(ids)),
        );
    return (
      count('cases', [caseId]) === 1 &&
      (conversationId === null || count('conversations', [conversationId]) === 1) &&
      count('documents', documents) === new Set(documents).size
    );
  }
}
