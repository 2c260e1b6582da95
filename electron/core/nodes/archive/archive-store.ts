import { randomUUID } from 'node:crypto';
import type { SystemActs } from '../../audit/act.ts';
import type { Json } from '../../contract/base.ts';
import type { WritableDb } from '../../vault/database.ts';

export type ArchiveEntry = {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly collection: string;
  readonly documentId: string;
  readonly documentName: string;
  readonly content: Json;
};
export type ArchiveRecord = {
  readonly id: string;
  readonly collection: string;
  /** Milliseconds since the epoch. */ readonly archivedAt: number;
};

/** Results kept in the vault. The idempotency key is unique: storing again under it gives the first record back. */
export class ArchiveStore {
  readonly #db: WritableDb;
  readonly #acts: SystemActs;

  constructor(db: WritableDb, acts: SystemActs) {
    this.#db = db;
    this.#acts = acts;
  }

  store(entry: ArchiveEntry): ArchiveRecord {
    return this.#find(entry.idempotencyKey) ?? this.#add(entry);
  }

  #find(key: string): ArchiveRecord | undefined {
    return this.#db.prepare('SELECT id, collection, created_at AS archivedAt FROM archive_records WHERE idempotency_key = ?').get(key) as
      | ArchiveRecord
      | undefined;
  }

  #add({ idempotencyKey, caseId, collection, documentId, documentName, content }: ArchiveEntry): ArchiveRecord {
    const record = { id: randomUUID(), collection, archivedAt: Date.now() };
    this.#acts('archive.store').commit({ subject: record.id, caseId, details: { documentId, collection } }, (db) => {
      db.prepare(
        'INSERT INTO archive_records (id, case_id, idempotency_key, collection, document_id, document_name, content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(record.id, caseId, idempotencyKey, collection, documentId, documentName, JSON.stringify(content), record.archivedAt);
    });
    return record;
  }
}
