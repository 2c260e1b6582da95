import type { AuditMark } from '../vault/anchor.ts';
import type { DatabaseImage } from './database-image.ts';

/** An open vault as a backup reads it. */
export type BackupSource = {
  readonly vaultId: string;
  readonly image: DatabaseImage;
  /** Of the vault key in use. Throws AppError `backup/rotation` while it is being replaced. */
  epoch(): number;
  /** Lends the sub-key `backup` of that vault key, and wipes it. */
  withKey<T>(work: (key: Uint8Array) => T): T;
  /** Lends the key of the database, and wipes it. */
  withDatabaseKey<T>(work: (key: Uint8Array) => T): T;
  /** The key of the set; it stays the vault's. */
  readonly setKey: Uint8Array;
  /** `vault.json` and `anchor.json` as they stand, and the audit head of the database at the same moment. */
  state(): { vaultFile: string; anchor: string | null; audit: AuditMark };
  /** The encrypted files. Removing one later is no error: the backup starts over. */
  blobs(): Iterable<{ id: string; path: string }>;
  /** Model files to copy, by their SHA-256. */
  models(): Iterable<{ sha256: string; path: string }>;
};
