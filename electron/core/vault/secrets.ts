import { randomBytes } from 'node:crypto';
import type { WritableDb } from './database.ts';

/** A random 32-byte key that stays the same when the vault key is replaced; made at the first asking. The caller wipes it. */
export function randomSecret(db: WritableDb, name: string): Buffer {
  db.prepare('INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)').run(name, randomBytes(32));
  const { value } = db.prepare('SELECT value FROM secrets WHERE name = ?').get(name) as { value: Buffer };
  return value;
}
