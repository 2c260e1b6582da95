import { z } from 'zod';
import { directorySettings, type DirectorySettings } from '../../contract/identity.ts';
import type { WritableDb } from '../../vault/database.ts';

const stored = directorySettings.omit({ hasBindPassword: true }).extend({ bindPassword: z.string() });
/** With the password of the account that searches; it stays inside the vault. */
export type StoredDirectory = z.infer<typeof stored>;

const none: StoredDirectory = {
  enabled: false,
  url: '',
  caCertificate: '',
  baseDn: '',
  userFilter: '(uid={user})',
  bindDn: '',
  bindPassword: '',
};

export function readDirectory(db: WritableDb): StoredDirectory {
  const text = db.prepare('SELECT settings FROM directory').pluck().get() as string | undefined;
  return text === undefined ? none : stored.parse(JSON.parse(text));
}

/** Inside a transaction. */
export function writeDirectory(db: WritableDb, settings: StoredDirectory): void {
  db.prepare('INSERT INTO directory (one, settings) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET settings = excluded.settings').run(
    JSON.stringify(settings),
  );
}

export function shownDirectory({ bindPassword, ...settings }: StoredDirectory): DirectorySettings {
  return { ...settings, hasBindPassword: bindPassword !== '' };
}
