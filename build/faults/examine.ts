import { createHash } from 'node:crypto';
import { AuditLog } from '../../electron/core/audit/audit-log.ts';
import { AppError } from '../../electron/core/errors.ts';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import type { OpenStorage } from '../../electron/core/vault/open-vault.ts';
import { Vault } from '../../electron/core/vault/vault.ts';
import { credentials } from './application.ts';

/** What somebody who opens a vault folder finds: that something is wrong with it, or what it holds. */
export type Finding = { readonly noticed: string } | { readonly contents: string; readonly tables: ReadonlyMap<string, string> };

/** Opening changes what these say of the vault itself; they hold nothing of a person's. */
const ownTables = new Set(['vault']);

/** Opens the vault as the application does (slots, page MACs, freshness, database check, audit log, every blob) and reads all of it. */
export async function examine(folder: string, anchorFolder: string | null): Promise<Finding> {
  let storage: OpenStorage | null = null;
  try {
    const vault = new Vault(folder, floorCost, undefined, anchorFolder);
    const opened = await vault.open(credentials.userName, { password: credentials.password });
    ({ storage } = opened);
    const audit = new AuditLog(storage);
    const { verdict } = storage.freshness.assess(audit);
    if (verdict !== 'fresh') return { noticed: verdict };
    if (storage.db.pragma('integrity_check', { simple: true }) !== 'ok') return { noticed: 'database check' };
    const verification = await audit.verify(storage.freshness.mark());
    if (!verification.ok) return { noticed: 'audit log' };
    return read(storage);
  } catch (error) {
    if (error instanceof AppError) return { noticed: error.code };
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('SQLITE_')) return { noticed: code };
    throw error;
  } finally {
    storage?.close();
  }
}

function read({ db, blobs }: OpenStorage): Finding {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all();
  const tables = new Map<string, string>();
  for (const name of (names as string[]).filter((each) => !ownTables.has(each))) {
    const rows = db.prepare(`SELECT * FROM "${name}"`).raw().all();
    tables.set(
      name,
      hash(
        rows
          .map((row) => JSON.stringify(row))
          .sort()
          .join('\n'),
      ),
    );
  }
  const contents = createHash('sha256');
  for (const id of referred(db)) contents.update(id).update(blobs.get(id));
  tables.set('(blobs)', contents.digest('hex'));
  return { contents: hash([...tables].join('\n')), tables };
}

/** Every blob that a row of any table names. */
function referred(db: OpenStorage['db']): string[] {
  const queries = ['SELECT blob FROM documents', 'SELECT blob_id FROM run_blobs', 'SELECT blob FROM report_files'];
  return [...new Set(queries.flatMap((query) => db.prepare(query).pluck().all() as string[]))].sort();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
