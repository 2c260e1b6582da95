import { existsSync, readFileSync } from 'node:fs';
import { AppError } from '../errors.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { currentKey } from '../vault/key-ring.ts';
import type { OpenStorage } from '../vault/open-vault.ts';
import { randomSecret } from '../vault/secrets.ts';
import { subKey, type SubKeyPurpose } from '../vault/sub-keys.ts';
import { readVaultFile, vaultPaths } from '../vault/vault-file.ts';
import { DatabaseImage } from './database-image.ts';
import type { BackupSource } from './source.ts';

/** What a backup reads of an open vault. `models` lists the copied model files. */
export function vaultSource(storage: OpenStorage, audit: AuditLog, models: BackupSource['models']): BackupSource & { close(): void } {
  const { folder, vaultId, ring, db, blobs, freshness } = storage;
  const paths = vaultPaths(folder);
  const setKey = randomSecret(db, 'backup-set');
  const lend = <T>(purpose: SubKeyPurpose, work: (key: Uint8Array) => T): T => {
    const key = subKey(currentKey(ring), vaultId, purpose);
    try {
      return work(key);
    } finally {
      key.fill(0);
    }
  };
  return {
    vaultId,
    image: new DatabaseImage(db, paths.database),
    setKey,
    models,
    epoch: () => {
      if (ring.keys.size === 1 && readVaultFile(folder)?.rotation === null) return ring.current;
      throw new AppError('backup/rotation', 'The vault key is being replaced. Nothing was stored. The backup runs when that is finished.');
    },
    withKey: (work) => lend('backup', work),
    withDatabaseKey: (work) => lend('database', work),
    state: () => {
      // Brings the anchor's file up to this moment.
      freshness.mark();
      const { size, root } = audit.head();
      return {
        vaultFile: readFileSync(paths.file, 'utf8'),
        anchor: existsSync(paths.anchor) ? readFileSync(paths.anchor, 'utf8') : null,
        audit: { size, rootHash: Buffer.from(root).toString('hex') },
      };
    },
    blobs: function* () {
      for (const id of blobs.ids()) yield { id, path: blobs.path(id) };
    },
    close: () => setKey.fill(0),
  };
}
