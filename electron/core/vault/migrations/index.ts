import { AppError } from '../../errors.ts';
import type { WritableDb } from '../database.ts';
import { auditSql } from './0001/audit.sql.ts';
import { chatSql } from './0001/chat.sql.ts';
import { documentsSql } from './0001/documents.sql.ts';
import { flowsSql } from './0001/flows.sql.ts';
import { identitySql } from './0001/identity.sql.ts';
import { modelsSql } from './0001/models.sql.ts';
import { reportsSql } from './0001/reports.sql.ts';
import { runsSql } from './0001/runs.sql.ts';
import { vaultSql } from './0001/vault.sql.ts';

/** Numbered from 1, never edited once released; each runs in one transaction. */
const migrations: readonly string[] = [
  [vaultSql, identitySql, auditSql, documentsSql, modelsSql, flowsSql, runsSql, chatSql, reportsSql].join('\n'),
];
export const schemaVersion = migrations.length;

/**
 * Brings the database to the newest schema.
 * @throws AppError `vault/newer-version` for a database of a newer Redoubt, which is left as it is
 */
export function migrate(db: WritableDb): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > schemaVersion)
    throw new AppError(
      'vault/newer-version',
      'This vault was last used by a newer version of Redoubt. Nothing was changed. Update Redoubt to open it.',
      { vault: version, supported: schemaVersion },
    );
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version=${index + 1}`);
    }).immediate();
  }
}
