import { randomBytes, randomUUID } from 'node:crypto';
import { AuditedAct, systemActor } from '../../audit/act.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { createSigningKeys } from '../../audit/signing-keys.ts';
import { floorCost } from '../../vault/kdf.ts';
import type { OpenStorage } from '../../vault/open-vault.ts';
import { Vault } from '../../vault/vault.ts';
import { Control } from '../control.ts';
import { vaultSource } from '../vault-source.ts';

export const password = 'correct horse battery staple';

/** A real vault with files in it, and what a backup reads of it. */
export async function openedVault(folder: string, { create = true } = {}) {
  const vault = new Vault(folder, floorCost);
  const { file, storage } = create
    ? await vault.create('ada', password, (made, { vaultId }) => {
        made.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(vaultId);
        createSigningKeys(made);
      })
    : await vault.open('ada', { password });
  const { db, blobs, freshness } = storage;
  db.exec('CREATE TABLE IF NOT EXISTS papers (id TEXT PRIMARY KEY, text TEXT NOT NULL, blob TEXT NOT NULL) STRICT');
  const audit = new AuditLog(storage);
  freshness.begin(audit);
  freshness.begin(audit);
  const source = vaultSource(storage, audit, () => []);
  /** Adds papers of random content; with a leaf in the audit log. */
  const add = (count: number, bytes = 3_000) =>
    new AuditedAct(db, audit, systemActor, 'papers.add').commit({ subject: '' }, () => {
      for (let index = 0; index < count; index += 1) {
        const content = randomBytes(bytes);
        const text = content.toString('base64').slice(0, 2_000);
        db.prepare('INSERT INTO papers VALUES (?, ?, ?)').run(randomUUID(), text, blobs.put(content));
      }
    });
  const removeOne = () => {
    const { id, blob } = db.prepare('SELECT id, blob FROM papers LIMIT 1').get() as { id: string; blob: string };
    db.prepare('DELETE FROM papers WHERE id = ?').run(id);
    blobs.remove(blob);
  };
  const close = () => {
    source.close();
    storage.close();
  };
  return { vault, file, storage, source, audit, add, removeOne, close };
}

export type OpenedVault = Awaited<ReturnType<typeof openedVault>>;

/** Every paper with the content of its file. */
export function papersOf({ db, blobs }: OpenStorage): unknown[] {
  const rows = db.prepare('SELECT * FROM papers ORDER BY id').all() as { id: string; text: string; blob: string }[];
  return rows.map((row) => ({ ...row, content: Buffer.from(blobs.get(row.blob)).toString('base64') }));
}

export const freely = (signal = new AbortController().signal) => new Control('backup', signal);
