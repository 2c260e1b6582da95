import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { AuditedAct, systemActor } from '../../audit/act.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { createSigningKeys } from '../../audit/signing-keys.ts';
import { floorCost } from '../../vault/kdf.ts';
import { currentKey } from '../../vault/key-ring.ts';
import type { OpenStorage } from '../../vault/open-vault.ts';
import { subKey } from '../../vault/sub-keys.ts';
import { Vault } from '../../vault/vault.ts';
import { vaultPaths } from '../../vault/vault-file.ts';
import { Control } from '../control.ts';
import { DatabaseImage } from '../database-image.ts';
import type { BackupSource } from '../source.ts';

export const password = 'correct horse battery staple';

/** A real vault with files in it, and what a backup reads of it. */
export async function openedVault(folder: string, { create = true, setKey = Buffer.alloc(32, 5) } = {}) {
  const vault = new Vault(folder, floorCost);
  const { file, storage } = create
    ? await vault.create('ada', password, ({ db }, { vaultId }) => {
        db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(vaultId);
        createSigningKeys(db, vaultId);
      })
    : await vault.open('ada', { password });
  const { db, blobs, freshness, ring } = storage;
  db.exec('CREATE TABLE IF NOT EXISTS papers (id TEXT PRIMARY KEY, text TEXT NOT NULL, blob TEXT NOT NULL) STRICT');
  const audit = new AuditLog(db);
  freshness.begin(audit);
  freshness.begin(audit);
  const image = new DatabaseImage(db, vaultPaths(folder).database);
  const mark = () => {
    const { size, root } = audit.head();
    return { size, rootHash: Buffer.from(root).toString('hex') };
  };
  const source: BackupSource = {
    vaultId: file.vaultId,
    image,
    epoch: () => ring.current,
    withKey: (work) => work(subKey(currentKey(ring), file.vaultId, 'backup')),
    withDatabaseKey: (work) => work(subKey(currentKey(ring), file.vaultId, 'database')),
    setKey,
    state: () => {
      freshness.settle();
      const paths = vaultPaths(folder);
      return {
        vaultFile: readFileSync(paths.file, 'utf8'),
        anchor: existsSync(paths.anchor) ? readFileSync(paths.anchor, 'utf8') : null,
        audit: mark(),
      };
    },
    blobs: () => [...blobs.ids()].map((id) => ({ id, path: blobs.path(id) })),
    models: () => [],
  };
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
  return { vault, file, storage, source, audit, add, removeOne, close: () => storage.close() };
}

export type OpenedVault = Awaited<ReturnType<typeof openedVault>>;

/** Every paper with the content of its file. */
export function papersOf({ db, blobs }: OpenStorage): unknown[] {
  const rows = db.prepare('SELECT * FROM papers ORDER BY id').all() as { id: string; text: string; blob: string }[];
  return rows.map((row) => ({ ...row, content: Buffer.from(blobs.get(row.blob)).toString('base64') }));
}

export const freely = (signal = new AbortController().signal) => new Control('backup', signal);
