import { onTestFinished, expect, test } from 'vitest';
import type { Log } from '../log.ts';
import { logStorage, newAuditLog } from '../testing/audit-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase } from '../vault/database.ts';
import { auditSql } from '../vault/migrations/0001/audit.sql.ts';
import { AuditedAct, systemActor } from './act.ts';
import { AuditLog } from './audit-log.ts';
import { AuditUpkeep } from './audit-upkeep.ts';
import { Pruner } from './pruning/pruner.ts';

function newUpkeep() {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 5), 'create');
  onTestFinished(() => void db.close());
  db.exec(auditSql);
  const log = newAuditLog(db);
  const systemAct = (action: string) => new AuditedAct(db, log, systemActor, action);
  const pruner = new Pruner({ db, log, systemAct, days: () => 180, isHeld: () => false, forget: () => undefined });
  const bugs: string[] = [];
  const silent = { bug: (where: string) => void bugs.push(where) } as unknown as Log;
  const upkeep = new AuditUpkeep({ audit: log, pruner, mark: () => null, systemAct, log: silent });
  const add = () => systemAct('things.add').commit({ subject: '' }, () => undefined);
  return { db, log, upkeep, add, bugs };
}

test('who asks while a check runs gets one that began afterwards, and the last result is kept', async () => {
  const { upkeep, add } = newUpkeep();
  add();
  const first = upkeep.verify();
  expect(upkeep.verification).toEqual({ running: true, last: null });
  add();
  const [second, third] = [upkeep.verify(), upkeep.verify()];
  expect(second).toBe(third);
  expect([(await first).size, (await second).size]).toEqual([1, 2]);
  expect(upkeep.verification).toMatchObject({ running: false, last: { ok: true, size: 2, problems: [] } });
});

test('closing ends the epoch, also one after the other, and a disk that refuses keeps nothing open', async () => {
  const { db, log, upkeep, add, bugs } = newUpkeep();
  upkeep.start();
  add();
  await upkeep.close();
  expect(log.sealed()).toMatchObject({ count: 1, size: 1 });
  expect(await new AuditLog(logStorage(db)).verify()).toMatchObject({ ok: true, seals: 1 });
  add();
  db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON audit_seals BEGIN SELECT RAISE(ABORT, 'no room'); END");
  await upkeep.close();
  expect([bugs, log.sealed().count]).toEqual([['audit.seal'], 1]);
});

test('what a check finds is on record whoever asked for it, and once', async () => {
  const { db, log, upkeep, add } = newUpkeep();
  for (let i = 0; i < 3; i += 1) add();
  const told = () => log.entry(log.head().size - 1)?.canonical ?? '';
  await upkeep.verify();
  expect(log.head().size).toBe(3);
  db.exec('DROP TRIGGER audit_head_no_delete');
  await upkeep.verify();
  expect(told()).toContain('"action":"audit.verify"');
  expect(log.head().size).toBe(4);
  await upkeep.verify();
  expect(log.head().size).toBe(4);
  db.exec('DROP TRIGGER audit_nodes_no_delete');
  await upkeep.verify();
  expect([log.head().size, told()]).toEqual([5, expect.stringContaining('"problems":2')]);
});
