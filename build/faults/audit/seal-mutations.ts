import { unwrapLogKey, wrapLogKey, type WrappedKey } from '../../../electron/core/audit/log-keys.ts';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { Sealing } from '../../../electron/core/audit/seals/sealing.ts';
import type { AttackedLog } from './attacked-log.ts';
import type { Mutation } from './structured.ts';

const mutation = (kind: string, what: string, harm: (log: AttackedLog) => void): Mutation => ({
  kind,
  what: `${kind}, ${what}`,
  harm,
  anchorToo: null,
  witnessOnly: false,
});
const run = (sql: string) => (log: AttackedLog) => void log.db.exec(sql);
const sealPlaces = { first: '(SELECT MIN(epoch) FROM audit_seals)', last: '(SELECT MAX(epoch) FROM audit_seals)' };
/** The first entry that still has its text. */
const withText = '(SELECT MIN(sequence) FROM audit_leaves WHERE canonical IS NOT NULL)';
/** Another value of the same shape. */
const others = {
  epoch: 'epoch + 100',
  at: 'at - 31536000000',
  size: 'size - 1',
  root: 'zeroblob(32)',
  previous: "CAST(x'01' || zeroblob(31) AS BLOB)",
  next_key: 'randomblob(32)',
  signature: 'randomblob(64)',
};

/** What somebody could do to seals, their keys and the traces of prunes. */
export function sealMutations(): Mutation[] {
  const edits = Object.entries(sealPlaces).flatMap(([place, epoch]) => [
    ...Object.entries(others).map(([column, value]) =>
      mutation('edit seal', `${column}, ${place}`, run(`UPDATE audit_seals SET ${column} = ${value} WHERE epoch = ${epoch}`)),
    ),
    mutation('remove seal', place, run(`DELETE FROM audit_seals WHERE epoch = ${epoch}`)),
  ]);
  return [
    ...edits,
    mutation('remove seal', 'all', run('DELETE FROM audit_seals')),
    mutation(
      'swap seals',
      'signatures',
      run('UPDATE audit_seals SET signature = (SELECT signature FROM audit_seals AS other WHERE other.epoch <> audit_seals.epoch LIMIT 1)'),
    ),
    mutation(
      'insert seal',
      'a copy',
      run(
        'INSERT INTO audit_seals SELECT epoch + (SELECT count(*) FROM audit_seals), at, size, root, previous, next_key, signature FROM audit_seals',
      ),
    ),
    mutation('seal key', 'of the first epoch', run('UPDATE audit_seal_start SET public_key = randomblob(32)')),
    mutation('seal key', 'its binding', run('UPDATE audit_seal_start SET signature = randomblob(64)')),
    mutation('seal key', 'no beginning', run('DELETE FROM audit_seal_start')),
    mutation('seal key', 'of the open epoch removed', run('DELETE FROM audit_seal_key')),
    mutation('seal key', 'of the open epoch bare', run('UPDATE audit_seal_key SET private_key = randomblob(80)')),
    mutation('seal key', 'of an epoch that is over put back', (log) =>
      log.setTable('audit_seal_key', log.older.get('audit_seal_key') ?? []),
    ),
    mutation('re-seal', 'the last epoch, with the key of the open one', resealLast),
    mutation('re-seal', 'one more seal over the same entries', sealAgain),
    mutation(
      'prune by hand',
      'an entry loses its text',
      run(`UPDATE audit_leaves SET canonical = NULL, pruned_by = 0 WHERE sequence = ${withText}`),
    ),
    mutation(
      'prune by hand',
      'to the end of the log',
      run(`UPDATE audit_leaves SET canonical = NULL, pruned_by = (SELECT MAX(sequence) FROM audit_leaves) WHERE sequence = ${withText}`),
    ),
    mutation('prune by hand', 'with a note', pruneWithNote),
    mutation('prune by hand', 'a text that says nothing', run(`UPDATE audit_leaves SET canonical = '{}' WHERE sequence = ${withText}`)),
  ];
}

/** Who has today's vault changes the newest seal and signs it with the only key that is left. */
function resealLast(log: AttackedLog): void {
  const { db } = log;
  db.exec('UPDATE audit_seals SET at = at - 1 WHERE epoch = (SELECT MAX(epoch) FROM audit_seals)');
  const last = db.prepare('SELECT MAX(epoch) FROM audit_seals').pluck().get() as number;
  const row = db.prepare('SELECT * FROM audit_seals WHERE epoch = ?').get(last) as Record<string, unknown>;
  const { origin } = new AuditLog(log.storage).signer;
  const name = (epoch: number) => `${origin}/seal/${epoch}`;
  const open = new Sealing(log.storage, origin).open();
  if (!open) throw new Error('no open epoch');
  // The key of the open epoch under the name of the one that is over, to sign in its place.
  const key = db.prepare('SELECT key_epoch AS epoch, private_key AS wrapped FROM audit_seal_key').get() as WrappedKey;
  const der = unwrapLogKey(log.storage, name(open.epoch), key);
  const { wrapped, epoch } = wrapLogKey(log.storage, name(last), der);
  db.exec(`DELETE FROM audit_seals WHERE epoch = ${last}`);
  db.prepare('UPDATE audit_seal_key SET epoch = ?, key_epoch = ?, private_key = ?').run(last, epoch, wrapped);
  new Sealing(log.storage, origin).seal({ size: Number(row['size']), root: row['root'] as Uint8Array }, Number(row['at']));
}

function sealAgain(log: AttackedLog): void {
  const { origin } = new AuditLog(log.storage).signer;
  log.db.exec('UPDATE audit_seals SET size = size - 1 WHERE epoch = (SELECT MAX(epoch) FROM audit_seals)');
  const last = log.db.prepare('SELECT size + 1 AS size, root FROM audit_seals ORDER BY epoch DESC LIMIT 1').get() as {
    size: number;
    root: Uint8Array;
  };
  new Sealing(log.storage, origin).seal(last, Date.now());
}

/** With a note beside, as a prune has one, but no entry that tells of it. */
function pruneWithNote({ db }: AttackedLog): void {
  const last = db.prepare('SELECT MAX(sequence) FROM audit_leaves').pluck().get() as number;
  db.prepare('INSERT INTO audit_prunes (sequence, first, before, count, until) VALUES (?, 0, ?, 1, 0)').run(last, last);
  db.exec(`UPDATE audit_leaves SET canonical = NULL, pruned_by = ${last} WHERE sequence = ${withText}`);
}

/** What somebody could do to a log of which a part was pruned in order. */
export function pruneMutations(): Mutation[] {
  const stub = '(SELECT MIN(sequence) FROM audit_leaves WHERE canonical IS NULL)';
  const forged = "json_set((SELECT canonical FROM audit_leaves WHERE canonical IS NOT NULL LIMIT 1), '$.sequence', 0)";
  const edits = { sequence: 'sequence + 1', first: 'first + 1', before: 'before - 1', count: 'count - 1', until: 'until + 1' };
  return [
    mutation(
      'prune',
      'a stub gets another text',
      run(`UPDATE audit_leaves SET canonical = ${forged}, pruned_by = NULL WHERE sequence = ${stub}`),
    ),
    mutation('prune', 'a stub and its text', run(`UPDATE audit_leaves SET canonical = ${forged} WHERE sequence = ${stub}`)),
    mutation('prune', 'a stub has another hash', run(`UPDATE audit_leaves SET leaf_hash = randomblob(32) WHERE sequence = ${stub}`)),
    mutation('prune', 'a stub is of another prune', run(`UPDATE audit_leaves SET pruned_by = pruned_by + 1 WHERE sequence = ${stub}`)),
    mutation(
      'prune',
      'one entry more',
      run(`UPDATE audit_leaves SET canonical = NULL, pruned_by = (SELECT MAX(pruned_by) FROM audit_leaves) WHERE sequence = ${withText}`),
    ),
    mutation('prune', 'a stub removed', run(`DELETE FROM audit_leaves WHERE sequence = ${stub}`)),
    mutation('prune', 'its note removed', run('DELETE FROM audit_prunes')),
    ...Object.entries(edits).map(([column, value]) =>
      mutation('prune', `its note: ${column}`, run(`UPDATE audit_prunes SET ${column} = ${value}`)),
    ),
  ];
}
