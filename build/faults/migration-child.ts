// Migrates the vault database in the folder of its argument by two versions; the suite kills it meanwhile.
import { openDatabase } from '../../electron/core/vault/database.ts';
import { migrate } from '../../electron/core/vault/migrations/index.ts';
import { vaultPaths } from '../../electron/core/vault/vault-file.ts';

export const rowsBefore = 30_000;

const [folder] = process.argv.slice(2);
const key = process.env['REDOUBT_TRIED_KEY'];
if (folder && key) {
  const paths = vaultPaths(folder);
  const db = openDatabase(paths.database, Buffer.from(key, 'hex'), 'open');
  process.stdout.write('begun\n');
  migrate(db, paths.beforeMigration, [
    '',
    `ALTER TABLE tried ADD COLUMN digest TEXT NOT NULL DEFAULT ''; UPDATE tried SET digest = hex(content);`,
    `CREATE TABLE tried_again (id INTEGER PRIMARY KEY, content TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
     INSERT INTO tried_again SELECT id, content, digest FROM tried; DROP TABLE tried;`,
  ]);
  db.close();
  process.stdout.write('migrated\n');
}
