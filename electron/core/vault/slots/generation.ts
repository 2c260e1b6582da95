import { AppError } from '../../errors.ts';
import type { WritableDb } from '../database.ts';
import type { VaultFile } from '../vault-file.ts';

/** vault.json compared with what the database remembers of it; `older` was accepted. */
export type SlotsAge = 'same' | 'older' | 'newer';

/** Notes in the database which vault.json is the newest. */
export function noteGeneration(db: WritableDb, { generation }: Pick<VaultFile, 'generation'>): void {
  db.prepare('UPDATE vault SET slots_generation = ? WHERE slots_generation <> ?').run(generation, generation);
}

/**
 * Makes sure that database and vault.json belong together and that vault.json is not an older one, in which removed
 * slots and replaced passwords are valid again. A newer one has its seal: a crash came between file and note, so no leaf
 * tells what it changed. Notes nothing: who opens it may be refused yet, and the next one must be warned.
 * @throws AppError `vault/damaged`, `vault/older-than-anchor`
 */
export function checkGeneration(db: WritableDb, file: VaultFile, acceptOlder: boolean): SlotsAge {
  const row = db.prepare('SELECT vault_id AS id, slots_generation AS generation FROM vault').get() as
    | { id: string; generation: number }
    | undefined;
  if (row?.id !== file.vaultId)
    throw new AppError('vault/damaged', 'The database in this folder belongs to another vault. Nothing was changed. Restore a backup.');
  const older = file.generation < row.generation;
  if (older && !acceptOlder)
    throw new AppError(
      'vault/older-than-anchor',
      'The file vault.json is an older one: passwords and recovery codes that were replaced since open the vault again. Restore the newest copy, or open it as it is; that decision is recorded.',
      { verdict: 'older-slots' },
    );
  return older ? 'older' : file.generation > row.generation ? 'newer' : 'same';
}
