import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { logStorage, newAuditLog } from '../../testing/audit-log.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { auditSearchSql } from '../../vault/migrations/0001/audit-records.sql.ts';
import { auditSql } from '../../vault/migrations/0001/audit.sql.ts';
import { AuditedAct, systemActor } from '../act.ts';
import { AuditLog } from '../audit-log.ts';
import { leafHash, rootFromInclusion } from '../merkle.ts';
import { provenAfterMs } from './proven-time.ts';
import { Pruner } from './pruner.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;

/** A real log in `db`, on a machine whose clock the test moves. */
function newPruner(db: WritableDb) {
  const clock = { boot: 'b0', uptimeMs: 1 };
  const machine = {
    get boot() {
      return clock.boot;
    },
    uptimeMs: () => clock.uptimeMs,
  };
  db.exec(`${auditSql}${auditSearchSql}`);
  const log = newAuditLog(db, 'v1', machine);
  const held = new Set<string>();
  const systemAct = (action: string) => new AuditedAct(db, log, systemActor, action);
  const pruner = new Pruner({
    db,
    log,
    systemAct,
    days: () => 180,
    isHeld: (id) => held.has(id),
    forget: (leaves) => log.search.index.forget(leaves),
    machine,
  });
  const restart = () => {
    clock.boot = `b${Number(clock.boot.slice(1)) + 1}`;
  };
  /** A leaf of so many days ago, of a boot of its own. */
  const append = (daysAgo: number, caseId: string | null = null, subject = 'thing') =>
    db.transaction(() => {
      restart();
      const at = Date.now() - Math.round(daysAgo * dayMs);
      return log.append({ at, actor: systemActor, action: 'things.add', subject, caseId, outcome: 'done', details: {} }).sequence;
    })();
  /** Starts the machine anew and lets it run until the present is proven, then prunes. */
  const prune = (now = Date.now()) => {
    restart();
    pruner.observe(now);
    clock.uptimeMs += provenAfterMs;
    pruner.observe(now + provenAfterMs);
    return pruner.run(never, undefined, now);
  };
  const texts = () => db.prepare('SELECT sequence FROM audit_leaves WHERE canonical IS NULL ORDER BY sequence').pluck().all();
  return { db, log, pruner, clock, held, systemAct, append, prune, texts };
}

function encrypted() {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 5), 'create');
  onTestFinished(() => void db.close());
  return newPruner(db);
}

test('takes what is over, keeps what is held, and every proof, root and seal still holds', async () => {
  const leaf = fc.record({ days: fc.integer({ min: 0, max: 60 }), case: fc.constantFrom(null, 'a', 'b') });
  await fc.assert(
    fc.asyncProperty(fc.array(leaf, { minLength: 1, maxLength: 25 }), fc.subarray(['a', 'b']), fc.boolean(), async (leaves, kept, lift) => {
      const { db, log, held, append, prune, texts } = encrypted();
      for (const id of kept) held.add(id);
      const ages = leaves.map(({ days }) => 160 + days).toSorted((a, b) => b - a);
      const all = leaves.map(({ case: caseId }, index) => ({ caseId, days: ages[index] ?? 0, sequence: append(ages[index] ?? 0, caseId) }));
      log.seal();
      const canonical = new Map(db.prepare('SELECT sequence, canonical FROM audit_leaves').raw().all() as [number, string][]);
      const head = log.head();
      const over = () => all.filter(({ days, caseId }) => days >= 180 && !held.has(caseId ?? '')).map(({ sequence }) => sequence);
      await prune();
      expect(texts()).toEqual(over());
      if (lift) {
        held.clear();
        await prune();
        expect(texts()).toEqual(over());
      }
      expect(Buffer.from(log.rootAt(head.size))).toEqual(Buffer.from(head.root));
      for (const { sequence } of all) {
        const hash = leafHash(Buffer.from(canonical.get(sequence) ?? ''));
        expect(rootFromInclusion(hash, sequence, head.size, log.inclusion(sequence, head.size))).toEqual(head.root);
      }
      expect(await new AuditLog(logStorage(db)).verify()).toMatchObject({ ok: true, problems: [], pruned: over().length });
    }),
    { numRuns: 15 },
  );
});

test('nothing is pruned early: by a clock that jumped ahead, before a week of running, under a hold', async () => {
  const { db, pruner, clock, append, prune, texts, systemAct } = encrypted();
  append(100);
  append(99);
  const inTenYears = Date.now() + 3650 * dayMs;
  const hours = (count: number) => {
    clock.uptimeMs += count * 3_600_000;
  };
  pruner.observe(inTenYears);
  expect(await pruner.run(never, undefined, inTenYears)).toBe(0);
  hours(6 * 24);
  pruner.observe(inTenYears + 6 * dayMs);
  expect(await pruner.run(never, undefined, inTenYears + 6 * dayMs)).toBe(0);
  // The clock is put right: what it showed before proves nothing any more.
  pruner.observe(Date.now());
  hours(2 * 24);
  pruner.observe(inTenYears);
  expect(await pruner.run(never, undefined, inTenYears)).toBe(0);
  expect(texts()).toEqual([]);
  // A boot that this process did not see begin proves nothing of its own uptime.
  clock.boot = 'b999';
  hours(30 * 24);
  pruner.observe(Date.now() + 30 * dayMs);
  expect(await pruner.run(never, undefined, Date.now())).toBe(0);

  const old = encrypted();
  old.append(400);
  old.append(1);
  old.pruner.setHold(old.systemAct('audit.set-hold'), 'a lawsuit');
  expect(old.pruner.hold).toMatchObject({ reason: 'a lawsuit', by: 'system' });
  expect(await old.prune()).toBe(0);
  old.pruner.setHold(old.systemAct('audit.lift-hold'), null);
  expect(await old.prune()).toBe(1);
  expect(old.pruner.state).toEqual({ count: 1, before: 1 });
  expect(await prune()).toBe(0);
  expect([db.prepare('SELECT count(*) FROM audit_prunes').pluck().get(), systemAct('x.y').leaves]).toEqual([0, 0]);
});

test('what is pruned cannot be found any more, nor read from the file', async () => {
  const file = `${temporaryFolder()}/plain.db`;
  const db = new Database(file);
  onTestFinished(() => void db.close());
  db.pragma('secure_delete=1');
  const { log, append, prune } = newPruner(db);
  append(500, 'case-1', 'canary-1234');
  append(1, 'case-1', 'another');
  expect(log.list({ search: 'canary', limit: 5 }).total).toBe(1);
  expect(await prune()).toBe(1);
  expect(log.list({ search: 'canary', limit: 5 }).total).toBe(0);
  expect(log.list({ search: 'another', limit: 5 }).total).toBe(1);
  expect(readFileSync(file).includes('canary')).toBe(false);
  expect(log.prove(['canary-1234']).leaves).toEqual([]);
});

test('the guards allow exactly what is noted in the same transaction', async () => {
  const { db, log, append, prune } = encrypted();
  for (const days of [400, 399, 398, 1]) append(days);
  const until = Date.now() - 181 * dayMs;
  const note = (values: string) => `INSERT INTO audit_prunes (sequence, first, before, count, until) VALUES (${values});`;
  const take = (where: string) => `UPDATE audit_leaves SET canonical = NULL, pruned_by = 4 WHERE ${where};`;
  const refused = [
    take('sequence = 0'),
    `${note(`4, 0, 1, 1, ${until}`)} ${take('sequence = 1')}`,
    `${note(`4, 0, 4, 4, ${until}`)} ${take('sequence = 3')}`,
    note(`4, 0, 4, 4, ${Date.now()}`),
    note(`4, 0, 4, 4, ${Date.now() - 179 * dayMs}`),
    note(`5, 0, 1, 1, ${until}`),
    note(`4, 0, 5, 1, ${until}`),
    note(`4, 0, NULL, 1, ${until}`),
    `${note(`4, 0, 1, 1, ${until}`)} UPDATE audit_leaves SET canonical = NULL, pruned_by = 3 WHERE sequence = 0`,
    `${note(`4, 0, 1, 1, ${until}`)} UPDATE audit_leaves SET canonical = '{}', pruned_by = NULL WHERE sequence = 0`,
    `${note(`4, 0, 1, 1, ${until}`)} UPDATE audit_leaves SET canonical = NULL, pruned_by = 4, leaf_hash = zeroblob(32) WHERE sequence = 0`,
    `INSERT INTO audit_hold VALUES (1, 'x', 0, 'x'); ${note(`4, 0, 1, 1, ${until}`)} ${take('sequence = 0')}`,
    `INSERT INTO audit_leaves (sequence, canonical, leaf_hash, pruned_by) VALUES (4, NULL, zeroblob(32), 4)`,
  ];
  for (const sql of refused) expect(() => db.transaction(() => db.exec(sql))(), sql).toThrow(/append|180 days|NOT NULL/);
  await prune();
  for (const sql of [
    'UPDATE audit_prunes SET count = 9',
    'DELETE FROM audit_prunes',
    "UPDATE audit_leaves SET canonical = '{}', pruned_by = NULL",
  ])
    expect(() => db.exec(sql), sql).toThrow('append');
  expect(await log.verify()).toMatchObject({ ok: true, pruned: 3 });
});

/** 0 to 5 are pruned, 6 and 7 recent, 8 tells of it; what was there before is in `texts`. */
const attacks: Record<string, (sql: (text: string) => void, texts: readonly string[]) => void> = {
  'prunes one more by hand': (sql) => sql('UPDATE audit_leaves SET canonical = NULL, pruned_by = 8 WHERE sequence = 6'),
  'prunes one by hand and notes it': (sql) => {
    sql('UPDATE audit_leaves SET canonical = NULL, pruned_by = 7 WHERE sequence = 6');
    sql('INSERT INTO audit_prunes VALUES (7, 6, 7, 1, 0)');
  },
  'prunes one by hand and notes nothing': (sql) => sql('UPDATE audit_leaves SET canonical = NULL, pruned_by = 99 WHERE sequence = 6'),
  'prunes another than was noted': (sql, texts) =>
    sql(
      `UPDATE audit_leaves SET canonical = '${texts[3]}', pruned_by = NULL WHERE sequence = 3; UPDATE audit_leaves SET canonical = NULL, pruned_by = 8 WHERE sequence = 6`,
    ),
  'puts a text back': (sql, texts) => sql(`UPDATE audit_leaves SET canonical = '${texts[0]}', pruned_by = NULL WHERE sequence = 0`),
  'changes a stub': (sql) => sql('UPDATE audit_leaves SET leaf_hash = zeroblob(32) WHERE sequence = 2'),
  'removes a stub': (sql) => sql('DELETE FROM audit_leaves WHERE sequence = 2'),
  'swaps two stubs': (sql) =>
    sql(
      'UPDATE audit_leaves SET sequence = 100 WHERE sequence = 2; UPDATE audit_leaves SET sequence = 2 WHERE sequence = 4; UPDATE audit_leaves SET sequence = 4 WHERE sequence = 100',
    ),
  'takes the text of the leaf that tells': (sql) => sql('UPDATE audit_leaves SET canonical = NULL, pruned_by = 8 WHERE sequence = 8'),
  'changes what is noted': (sql) => sql('UPDATE audit_prunes SET before = before + 1'),
  'removes what is noted': (sql) => sql('DELETE FROM audit_prunes'),
  'notes a prune that never was': (sql) => sql('INSERT INTO audit_prunes VALUES (7, 6, 7, 1, 0)'),
};

test.each(Object.entries(attacks))('finds whoever %s', async (_, attack) => {
  const { db, append, prune } = encrypted();
  for (const days of [600, 500, 400, 399, 300, 299, 2, 1]) append(days);
  const before = db.prepare('SELECT canonical FROM audit_leaves').pluck().all() as string[];
  expect(await prune()).toBe(6);
  const verify = () => new AuditLog(logStorage(db)).verify();
  expect(await verify()).toMatchObject({ ok: true, size: 9, pruned: 6 });
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  attack((sql) => db.exec(sql), before);
  for (const { sql } of triggers) db.exec(sql);
  expect((await verify()).problems).not.toEqual([]);
});
