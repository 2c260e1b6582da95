import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { slot } from './slots/slot.ts';

/** `vault.json`: what must be readable before the vault is open. It holds no secret and no name. */
export const vaultFile = z.strictObject({
  format: z.literal('redoubt-vault/2'),
  vaultId: z.uuid(),
  createdAt: z.number().int(),
  /** Counts the changes of this file. */
  generation: z.number().int().min(0),
  /** Of the vault key in use. */
  epoch: z.number().int().min(1),
  /** While the vault key is being replaced: the epoch of the new one. */
  rotation: z.strictObject({ to: z.number().int().min(2), startedAt: z.number().int() }).nullable(),
  slots: z.array(slot).min(1),
  /** HMAC-SHA-256 (hex) over everything else, under the sub-key `slots` of each epoch's vault key. */
  mac: z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type VaultFile = z.infer<typeof vaultFile>;

export function vaultPaths(folder: string) {
  return {
    file: join(folder, 'vault.json'),
    /** There while a vault is being made: what else lies in the folder is half a vault then, and nobody's. */
    creating: join(folder, 'creating'),
    /** Failed tries to sign in. */
    attempts: join(folder, 'attempts.json'),
    database: join(folder, 'vault.db'),
    blobs: join(folder, 'blobs'),
    anchor: join(folder, 'anchor.json'),
    models: join(folder, 'models'),
    /** Copies of the database as it was under older schemas. */
    beforeMigration: join(folder, 'before-migration'),
  };
}

/**
 * The vault file of `folder`, or null where there is no vault.
 * @throws AppError `vault/damaged`
 */
export function readVaultFile(folder: string): VaultFile | null {
  let text: string;
  try {
    text = readFileSync(vaultPaths(folder).file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError(
      'vault/unreadable',
      'The vault file cannot be read. Check the permissions of the vault folder.',
      {},
      { cause: error },
    );
  }
  try {
    return vaultFile.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError(
      'vault/damaged',
      'The vault file is damaged or of a newer version of Redoubt. Nothing was changed. Restore it from a backup.',
      {},
      { cause: error },
    );
  }
}

export function writeVaultFile(folder: string, content: VaultFile): void {
  writeFileAtomic(vaultPaths(folder).file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Name of a vault's mark outside its folder. The place belongs to it: a backup that was restored elsewhere is another
 * vault from then on, and neither makes the other look old.
 */
export function outsideName(folder: string, vaultId: string): string {
  const place = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  return `${vaultId}-${place}.json`;
}
