// Opens the vault of the bench and commits until it is killed; says so once after some hundred commits.
import { randomBytes } from 'node:crypto';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { openStorage } from '../../../electron/core/vault/open-vault.ts';

const key = Buffer.from(process.env['BENCH_KEY'] ?? '', 'hex');
const storage = openStorage(process.argv[2] ?? '', 'bench', ringOf(key), 'open');
const { db, freshness } = storage;
freshness.begin(new AuditLog(storage));
const change = db.prepare('UPDATE bench SET value = ? WHERE id = ?');
const { last } = db.prepare('SELECT max(id) AS last FROM bench').get() as { last: number };
for (let count = 0; ; count += 1) {
  change.run(randomBytes(4_000), 1 + Math.floor(Math.random() * last));
  if (count === 800) console.log('writing');
  if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
}
