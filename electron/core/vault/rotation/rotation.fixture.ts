import { randomBytes } from 'node:crypto';
import { AuditedAct, systemActor } from '../../audit/act.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { createSigningKeys } from '../../audit/signing-keys.ts';
import type { Log } from '../../log.ts';
import { floorCost } from '../kdf.ts';
import { Vault } from '../vault.ts';
import { RotationService } from './rotation.service.ts';

export const fixturePassword = 'correct horse battery staple';
const silent = { debug() {}, info() {}, warn() {}, bug() {} } as unknown as Log;

/** A real vault in `folder` with its rotation service; `rows` counts what was written into a table of its own. */
export async function openRotation(folder: string) {
  const vault = new Vault(folder, floorCost);
  const { storage } = vault.read()
    ? await vault.open('ada', { password: fixturePassword })
    : await vault.create('ada', fixturePassword, (made, { vaultId, createdAt }) => {
        made.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, ?)').run(vaultId, createdAt);
        createSigningKeys(made);
      });
  const { db } = storage;
  const audit = new AuditLog(storage);
  const systemAct = (action: string) => new AuditedAct(db, audit, systemActor, action);
  storage.freshness.begin(audit);
  const busy: number[] = [];
  const rotation = new RotationService({
    vault,
    storage,
    systemAct,
    log: silent,
    days: () => 90,
    busy: (ms) => busy.push(ms),
    retryMs: 50,
  });
  const close = async () => {
    await rotation.close();
    storage.close();
  };
  /** Resolves when no rotation goes on any more. */
  const settled = async () => {
    for await (const state of rotation.watch()) if (!state.running && !vault.existing().rotation) return state;
    throw new Error('closed before the end');
  };
  /** Stores a blob and the row that names it, in the way services do. */
  const store = (size: number) => {
    const content = randomBytes(size);
    const blob = storage.blobs.put(content);
    systemAct('documents.import').commit({ subject: blob }, () =>
      db.prepare('INSERT INTO secrets (name, value) VALUES (?, ?)').run(`row ${blob}`, content.subarray(0, 16)),
    );
    return blob;
  };
  const stored = () =>
    db.prepare("SELECT substr(name, 5) AS blob, value AS start FROM secrets WHERE name LIKE 'row %'").all() as {
      blob: string;
      start: Buffer;
    }[];
  return { vault, storage, audit, systemAct, rotation, busy, settled, store, stored, close };
}
