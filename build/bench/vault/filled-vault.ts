import { randomBytes, randomUUID } from 'node:crypto';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { createSigningKeys } from '../../../electron/core/audit/signing-keys.ts';
import { vaultSource } from '../../../electron/core/backup/vault-source.ts';
import { floorCost } from '../../../electron/core/vault/kdf.ts';
import { Vault } from '../../../electron/core/vault/vault.ts';

const fileBytes = 1024 * 1024;
const rowBytes = 2_000;

/** A real, open vault of files of 1 MiB and rows of 2 kB, and what a backup reads of it. */
export async function filledVault(folder: string, files: number, rows: number) {
  const vault = new Vault(folder, floorCost);
  const { file, storage } = await vault.create('bench', 'a password of the bench', (made, { vaultId }) => {
    made.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(vaultId);
    createSigningKeys(made);
  });
  const { db, blobs } = storage;
  db.exec('CREATE TABLE papers (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const audit = new AuditLog(storage);
  storage.freshness.begin(audit);
  const source = vaultSource(storage, audit, () => []);
  const addFiles = (count: number) => {
    for (let each = 0; each < count; each += 1) blobs.put(randomBytes(fileBytes));
  };
  const text = () => randomBytes(rowBytes / 2).toString('hex');
  addFiles(files);
  const insert = db.prepare('INSERT INTO papers VALUES (?, ?)');
  db.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(randomUUID(), text());
  })();
  /** Adds one file in a hundred, and changes one row in a hundred all over the table. */
  const changeOnePercent = () => {
    addFiles(Math.ceil(files / 100));
    const ids = db
      .prepare('SELECT id FROM papers ORDER BY random() LIMIT ?')
      .pluck()
      .all(Math.ceil(rows / 100)) as string[];
    const update = db.prepare('UPDATE papers SET text = ? WHERE id = ?');
    db.transaction(() => {
      for (const id of ids) update.run(text(), id);
    })();
  };
  const close = () => {
    source.close();
    storage.close();
  };
  return { file, ring: storage.ring, source, changeOnePercent, close };
}
