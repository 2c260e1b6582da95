import { createHash, type Hash } from 'node:crypto';
import type { WritableDb } from '../vault/database.ts';
import type { TableDigests } from './manifest.ts';

/** Other work of this process comes in between at least so often, ms. */
const sliceMs = 8;
/** Characters collected before they are hashed. */
const batch = 65_536;

/**
 * Counts and hashes the rows of every table, in the order of their keys; also of those behind an index for full text.
 * It reads (and so authenticates) every page that holds rows.
 */
export async function digestTables(db: WritableDb, signal: AbortSignal): Promise<TableDigests> {
  const names = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite_schema' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  const digests: Record<string, TableDigests[string]> = {};
  for (const name of names) digests[name] = await digestTable(db, name, signal);
  return digests;
}

async function digestTable(db: WritableDb, name: string, signal: AbortSignal): Promise<TableDigests[string]> {
  const hash = createHash('sha256');
  const rows = db
    .prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`)
    .raw()
    .safeIntegers()
    .iterate() as IterableIterator<unknown[]>;
  let count = 0;
  let text = '';
  let until = performance.now() + sliceMs;
  for (const row of rows) {
    count += 1;
    for (const value of row)
      text = typeof value === 'object' && value !== null ? flush(hash, text, value as Uint8Array) : text + encode(value);
    text += '\n';
    if (text.length < batch && performance.now() < until) continue;
    hash.update(text);
    text = '';
    if (performance.now() < until) continue;
    await new Promise(setImmediate);
    signal.throwIfAborted();
    until = performance.now() + sliceMs;
  }
  return { rows: count, sha256: hash.update(text).digest('hex') };
}

function flush(hash: Hash, text: string, bytes: Uint8Array): string {
  hash.update(`${text}b${bytes.length}:`).update(bytes);
  return '';
}

/** Each value says its type and length, so that no two rows read the same. */
function encode(value: unknown): string {
  if (value === null) return 'n;';
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (typeof value === 'bigint') return `i${value};`;
  return `r${String(value)};`;
}
