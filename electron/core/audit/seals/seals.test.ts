import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { onTestFinished, expect, test } from 'vitest';
import { logStorage, newAuditLog } from '../../testing/audit-log.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { auditSql } from '../../vault/migrations/0001/audit.sql.ts';
import { systemActor } from '../act.ts';
import { AuditLog } from '../audit-log.ts';
import { HeadMac } from '../head-mac.ts';
import { loadLogSigner, rewrapLogKeys } from '../signing-keys.ts';
import { rawOf, sealHash, signSeal, signStart } from './seal.ts';
import { leavesPerEpoch, Sealing } from './sealing.ts';
import { SealsRepository } from './seals.repository.ts';

function newLog() {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 5), 'create');
  onTestFinished(() => void db.close());
  db.exec(auditSql);
  const log = newAuditLog(db);
  const append = (count: number) =>
    db.transaction(() => {
      for (let each = 0; each < count; each += 1)
        log.append({ at: Date.now(), actor: systemActor, action: 'things.add', subject: String(each), outcome: 'done', details: {} });
    })();
  return { db, log, append, seals: new SealsRepository(db) };
}

/** What the log says of itself when it is opened anew. */
const problemsOf = async (db: WritableDb) => (await new AuditLog(logStorage(db)).verify()).problems.map(({ message }) => message);

/** Does what somebody with the opened database could do, behind the guards. */
function behindGuards(db: WritableDb, work: () => void): void {
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  work();
  for (const { sql } of triggers) db.exec(sql);
}

/** To end an epoch, or to append so many leaves. */
const steps = fc.array(
  fc.oneof(fc.constant('seal'), fc.integer({ min: 1, max: 9 }), fc.integer({ min: leavesPerEpoch - 3, max: leavesPerEpoch + 3 })),
  {
    maxLength: 6,
  },
);

test('each epoch ends with exactly one seal, none is empty, and all hold together', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const { db, log, append, seals } = newLog();
      let [size, sealed, count] = [0, 0, 0];
      for (const step of steps) {
        if (step === 'seal') {
          log.seal();
          if (size > sealed) [sealed, count] = [size, count + 1];
        } else {
          append(Number(step));
          size += Number(step);
          while (size - sealed >= leavesPerEpoch) [sealed, count] = [sealed + leavesPerEpoch, count + 1];
        }
      }
      const all = seals.from(0, 1_000);
      expect(all.map(({ epoch }) => epoch)).toEqual(all.map((_, index) => index));
      expect({ count: all.length, size: seals.sealedSize() }).toEqual({ count, size: sealed });
      expect(all.every((seal, index) => seal.size > (all[index - 1]?.size ?? 0))).toBe(true);
      expect(await log.verify()).toMatchObject({ ok: true, size, seals: count, problems: [] });
      expect(await problemsOf(db)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});

test('a key is gone with its epoch, and a seal that is taken back leaves its key', () => {
  const { db, log, append } = newLog();
  append(3);
  const key = () => Buffer.from(db.prepare('SELECT private_key FROM audit_seal_key').pluck().get() as Uint8Array);
  const first = key();
  expect(() =>
    db.transaction(() => {
      log.seal();
      throw new Error('no room');
    })(),
  ).toThrow('no room');
  expect(key()).toEqual(first);
  log.seal();
  log.seal();
  expect(log.sealed()).toMatchObject({ count: 1, size: 3 });
  expect(key()).not.toEqual(first);
  expect(db.prepare('SELECT count(*) FROM audit_seal_key').pluck().get()).toBe(1);
});

test('the guards refuse every change but the next seal', () => {
  const { db, log, append } = newLog();
  append(2);
  log.seal();
  append(2);
  const statements = [
    'UPDATE audit_seals SET size = 1',
    'DELETE FROM audit_seals',
    'INSERT INTO audit_seals SELECT epoch + 1, at, size, root, previous, next_key, signature FROM audit_seals',
    'INSERT INTO audit_seals SELECT epoch + 2, at, size + 2, root, previous, next_key, signature FROM audit_seals',
    'INSERT INTO audit_seals SELECT epoch + 1, at, NULL, root, previous, next_key, signature FROM audit_seals',
    'UPDATE audit_seal_start SET public_key = zeroblob(32)',
    'DELETE FROM audit_seal_start',
    'UPDATE audit_seal_key SET private_key = zeroblob(9)',
    'UPDATE audit_seal_key SET epoch = epoch + 1',
    'DELETE FROM audit_seal_key',
  ];
  for (const sql of statements) expect(() => db.exec(sql), sql).toThrow(/append|NOT NULL/);
});

type Sealed = ReturnType<typeof newLog>;
const fresh = () => generateKeyPairSync('ed25519');
/** Everything that somebody has who takes over the opened vault: the log's key, and that of the epoch that is open. */
const origin = 'redoubt/v1';

const attacks: Record<string, (log: Sealed) => void> = {
  'seals a rewritten epoch again with a key of their own': ({ db, seals }) => {
    const [, , third] = seals.from(0, 9);
    if (!third) throw new Error('no seal');
    const forged = signSeal(origin, { ...third, root: Buffer.alloc(32, 1) }, fresh().privateKey);
    db.prepare('UPDATE audit_seals SET root = ?, signature = ? WHERE epoch = 2').run(forged.root, forged.signature);
  },
  'seals it again and all that follow': ({ db, seals }) => {
    const all = seals.from(0, 9);
    let { privateKey } = fresh();
    let previous = sealHash(origin, all[1] ?? (undefined as never));
    for (const seal of all.slice(2)) {
      const next = fresh();
      const forged = signSeal(origin, { ...seal, root: Buffer.alloc(32, 1), previous, nextKey: rawOf(next.publicKey) }, privateKey);
      db.prepare('UPDATE audit_seals SET root = ?, previous = ?, next_key = ?, signature = ? WHERE epoch = ?').run(
        forged.root,
        forged.previous,
        forged.nextKey,
        forged.signature,
        seal.epoch,
      );
      previous = sealHash(origin, forged);
      privateKey = next.privateKey;
    }
  },
  'drops the newest seal': ({ db }) => db.exec('DELETE FROM audit_seals WHERE epoch = 4'),
  'drops the newest seal and counts the epoch back': ({ db }) =>
    db.exec('DELETE FROM audit_seals WHERE epoch = 4; UPDATE audit_seal_key SET epoch = 4'),
  'drops a seal in the middle': ({ db }) => db.exec('DELETE FROM audit_seals WHERE epoch = 2'),
  'drops one and closes the gap': ({ db }) =>
    db.exec(
      'DELETE FROM audit_seals WHERE epoch = 2; UPDATE audit_seals SET epoch = epoch - 1 WHERE epoch > 2; UPDATE audit_seal_key SET epoch = 4',
    ),
  'drops all seals': ({ db }) => db.exec('DELETE FROM audit_seals'),
  'swaps two seals': ({ db }) =>
    db.exec(
      'UPDATE audit_seals SET epoch = 100 WHERE epoch = 1; UPDATE audit_seals SET epoch = 1 WHERE epoch = 3; UPDATE audit_seals SET epoch = 3 WHERE epoch = 100',
    ),
  'moves a seal to other leaves': ({ db }) => db.exec('UPDATE audit_seals SET size = size + 1 WHERE epoch = 2'),
  'changes when it was sealed': ({ db }) => db.exec('UPDATE audit_seals SET at = at - 1 WHERE epoch = 0'),
  'adds a seal of their own': ({ log, seals }) => {
    const [last] = seals.from(4, 1);
    if (!last) throw new Error('no seal');
    const { size, root } = log.head();
    const next = fresh();
    const content = { epoch: 5, at: last.at, size, root, previous: sealHash(origin, last), nextKey: rawOf(next.publicKey) };
    seals.add(signSeal(origin, content, fresh().privateKey));
  },
  'exchanges the key of the open epoch': ({ db }) => {
    const { db: other } = newLog();
    const stolen = other.prepare('SELECT private_key FROM audit_seal_key').pluck().get();
    db.prepare('UPDATE audit_seal_key SET private_key = ?').run(stolen);
  },
  'removes the key of the open epoch': ({ db }) => db.exec('DELETE FROM audit_seal_key'),
  'removes the beginning': ({ db }) => db.exec('DELETE FROM audit_seal_start'),
  'begins the chain with a key that the log never had': ({ db }) => {
    const [mine, other] = [fresh(), fresh()];
    const publicKey = rawOf(mine.publicKey);
    db.prepare('UPDATE audit_seal_start SET public_key = ?, signature = ?').run(publicKey, signStart(origin, publicKey, other.privateKey));
  },
  'rewrites sealed leaves with the log’s own key, tree, head and all': ({ db, log }) => {
    // A whole new tree, signed by the log's key, that the old seals are put beside.
    const again = newLog();
    const rows = db.prepare('SELECT canonical FROM audit_leaves ORDER BY sequence').pluck().all() as string[];
    const { privateKey } = loadLogSigner(logStorage(db));
    again.append(rows.length);
    for (const table of ['audit_leaves', 'audit_nodes']) db.exec(`DELETE FROM ${table}`);
    for (const row of again.db.prepare('SELECT sequence, canonical, leaf_hash FROM audit_leaves').raw().all() as unknown[][])
      db.prepare('INSERT INTO audit_leaves (sequence, canonical, leaf_hash) VALUES (?, ?, ?)').run(...row);
    for (const row of again.db.prepare('SELECT level, position, hash FROM audit_nodes').raw().all() as unknown[][])
      db.prepare('INSERT INTO audit_nodes VALUES (?, ?, ?)').run(...row);
    const { size, root } = again.log.head();
    const edge = again.db.prepare('SELECT edge FROM audit_head').pluck().get() as Uint8Array;
    db.prepare('UPDATE audit_head SET root = ?, edge = ?, mac = ?').run(
      root,
      edge,
      new HeadMac(origin, privateKey).of({ size, root, edge }),
    );
    expect(log.head().size).toBe(size);
  },
};

test.each(Object.entries(attacks))('finds whoever %s', async (_, attack) => {
  const sealed = newLog();
  for (let epoch = 0; epoch < 5; epoch += 1) {
    sealed.append(3);
    sealed.log.seal();
  }
  sealed.append(2);
  expect(await problemsOf(sealed.db)).toEqual([]);
  behindGuards(sealed.db, () => attack(sealed));
  expect(await problemsOf(sealed.db)).not.toEqual([]);
});

test('the keys move to the new vault key, and sealing goes on', async () => {
  const { db, log, append } = newLog();
  append(2);
  log.seal();
  const storage = logStorage(db);
  storage.ring.keys.set(2, Buffer.alloc(32, 9));
  rewrapLogKeys(storage);
  storage.ring.keys.delete(1);
  expect(new Sealing(storage, origin).open()).toMatchObject({ epoch: 1 });
  const again = new AuditLog(storage);
  db.transaction(() => again.append({ at: 1, actor: systemActor, action: 'things.add', subject: '', outcome: 'done', details: {} }))();
  again.seal();
  expect(await again.verify()).toMatchObject({ ok: true, seals: 2 });
  expect(() => new AuditLog(logStorage(db))).toThrow('no usable key');
});
