import { AppError } from '../../errors.ts';
import type { WritableDb } from '../database.ts';
import { alertsSql } from './0001/alerts.sql.ts';
import { auditRecordsSql, auditSearchSql } from './0001/audit-records.sql.ts';
import { auditSql } from './0001/audit.sql.ts';
import { backupSql } from './0001/backup.sql.ts';
import { casesSql } from './0001/cases.sql.ts';
import { chatSql } from './0001/chat.sql.ts';
import { designSql } from './0001/design.sql.ts';
import { documentsSql } from './0001/documents.sql.ts';
import { flowsSql } from './0001/flows.sql.ts';
import { identitySql } from './0001/identity.sql.ts';
import { modelsSql } from './0001/models.sql.ts';
import { reportsSql } from './0001/reports.sql.ts';
import { runsSql } from './0001/runs.sql.ts';
import { signingSql } from './0001/signing.sql.ts';
import { vaultSql } from './0001/vault.sql.ts';
import { witnessSql } from './0001/witness.sql.ts';
import { copyBefore } from './copy-before.ts';

/** Numbered from 1, never edited once released; each runs in one transaction. */
const migrations: readonly string[] = [
  [
    vaultSql,
    identitySql,
    casesSql,
    auditSql,
    documentsSql,
    modelsSql,
    flowsSql,
    runsSql,
    chatSql,
    reportsSql,
    signingSql,
    designSql,
    backupSql,
    witnessSql,
    auditSearchSql,
    auditRecordsSql,
    alertsSql,
  ].join('\n'),
];
export const schemaVersion = migrations.length;

/**
 * Brings the database to the newest schema. Before it changes one that has a schema already, an encrypted copy is laid
 * into `backups`.
 * @throws AppError `vault/newer-version` for a database of a newer Redoubt, which is left as it is
 */
export function migrate(db: WritableDb, backups: string | null = null, list: readonly string[] = migrations): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > list.length)
    throw new AppError(
      'vault/newer-version',
      'This vault was last used by a newer version of Redoubt. Nothing was changed. Update Redoubt to open it.',
      { vault: version, supported: list.length },
    );
  for (const [index, sql] of list.entries()) {
    if (index < version) continue;
    if (index > 0 && version > 0 && backups) copyBefore(db, backups, index);
    db.transaction(() => {
      db.exec(sql);
      countCommit(db);
      db.pragma(`user_version=${index + 1}`);
    }).immediate();
  }
}

/** Nobody may get further than this (a power cut, a refused sign-in): without it the marks would take the new pages for exchanged ones. */
function countCommit(db: WritableDb): void {
  const counts = db.prepare("SELECT 1 FROM pragma_table_info('vault') WHERE name = 'commits'").get() !== undefined;
  if (counts) db.prepare('UPDATE vault SET commits = commits + 1').run();
}
