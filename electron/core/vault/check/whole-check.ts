import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { VaultCheck } from '../../contract/vault.ts';
import { AppError } from '../../errors.ts';
import type { OpenStorage } from '../open-vault.ts';
import { verifyVaultFile } from '../slots/epochs.ts';
import type { Vault } from '../vault.ts';
import { vaultPaths } from '../vault-file.ts';

export type WholeCheckDeps = {
  readonly vault: Vault;
  readonly storage: OpenStorage;
  readonly audit: AuditLog;
  /** Every blob that a row refers to. */
  readonly referred: () => Iterable<string>;
  /** Nothing answers for up to so long, ms. */
  readonly busy: (ms: number) => void;
};

/** What a slow disk takes to check one table, ms per byte of the database. */
const msPerByte = 60_000 / 1024 ** 3;

/**
 * Checks everything that can be checked without a copy to compare with: the structure and every page of the database
 * (5 s per GB, one table at a time), who wrote the key slots, the marks of freshness, and every blob from end to end.
 */
export async function checkVault(deps: WholeCheckDeps, signal?: AbortSignal): Promise<VaultCheck> {
  const started = performance.now();
  const database = await checkDatabase(deps, signal);
  const slots = checkSlots(deps);
  const { places } = deps.storage.freshness.state(deps.audit);
  const blobs = await checkBlobs(deps, signal);
  const ok =
    database.problems.length === 0 &&
    slots.sealed &&
    places.every(({ verdict }) => verdict === 'fresh') &&
    blobs.damaged + blobs.missing === 0;
  return { ok, database, slots, anchor: places, blobs, durationMs: performance.now() - started };
}

async function checkDatabase({ storage, vault, busy }: WholeCheckDeps, signal?: AbortSignal): Promise<VaultCheck['database']> {
  const { size: bytes } = statSync(vaultPaths(vault.folder).database);
  const tables = storage.db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') ORDER BY name")
    .all() as { name: string }[];
  const problems: string[] = [];
  for (const { name } of tables) {
    signal?.throwIfAborted();
    busy(bytes * msPerByte);
    problems.push(...problemsOf(storage, name));
    await setImmediate();
  }
  const foreign = storage.db.pragma('foreign_key_check') as unknown[];
  if (foreign.length > 0) problems.push(`${foreign.length} rows refer to others that are missing`);
  return { bytes, tables: tables.length, problems };
}

function problemsOf(storage: OpenStorage, table: string): string[] {
  try {
    const rows = storage.db.pragma(`integrity_check('${table.replaceAll("'", "''")}')`) as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  } catch (error) {
    return [`${table}: ${error instanceof Error ? error.message : 'cannot be read'}`];
  }
}

function checkSlots({ vault, storage }: WholeCheckDeps): VaultCheck['slots'] {
  const file = vault.existing();
  try {
    verifyVaultFile(file, storage.ring.keys);
    return { count: file.slots.length, sealed: true };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { count: file.slots.length, sealed: false };
  }
}

async function checkBlobs({ storage, referred }: WholeCheckDeps, signal?: AbortSignal): Promise<VaultCheck['blobs']> {
  let count = 0;
  let damaged = 0;
  for (const id of storage.blobs.ids()) {
    signal?.throwIfAborted();
    const verdict = await storage.blobs.verify(id);
    // One that was removed meanwhile is no loss; what a row refers to is looked for below.
    if (verdict !== 'missing') count += 1;
    if (verdict === 'damaged') damaged += 1;
  }
  const missing = new Set(referred());
  for (const id of missing) if (storage.blobs.diskBytes(id) !== null) missing.delete(id);
  return { count, damaged, missing: missing.size };
}
