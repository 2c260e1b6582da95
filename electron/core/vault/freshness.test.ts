import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditedAct, systemActor } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createSigningKeys } from '../audit/signing-keys.ts';
import { toErrorShape } from '../errors.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { AnchorVerdict } from './anchor/compare.ts';
import { commitCount } from './commit-counter.ts';
import { ringOf } from './key-ring.ts';
import { openStorage } from './open-vault.ts';
import { outsideName, vaultPaths } from './vault-file.ts';

const frame = 24 + 4096;
const vaultId = '8b3c1f6e-0b1e-4a55-9a38-2f6e1c9d7a10';

/** A vault's storage in use, without slots: a table of things, with and without audit leaves. */
function open(folder: string, outside: string | null = null) {
  const fresh = !statSync(vaultPaths(folder).database, { throwIfNoEntry: false });
  const storage = openStorage(folder, vaultId, ringOf(Buffer.alloc(32, 7)), fresh ? 'create' : 'open', outside);
  onTestFinished(() => {
    if (storage.db.open) storage.close();
  });
  const { db } = storage;
  if (fresh) {
    db.transaction(() => {
      db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(vaultId);
      createSigningKeys(storage);
    })();
    db.exec('CREATE TABLE things (name TEXT) STRICT');
  }
  const audit = new AuditLog(storage);
  const figures = closingOnError(storage, () => storage.freshness.assess(audit));
  const begin = () => storage.freshness.begin(audit);
  const add = (name: string) => void db.prepare('INSERT INTO things VALUES (?)').run(name);
  const act = (name: string) => new AuditedAct(db, audit, systemActor, 'things.add').commit({ subject: name }, () => add(name));
  return { ...storage, audit, figures, begin, add, act };
}

function closingOnError<T>(storage: { close(): void }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    storage.close();
    throw error;
  }
}

/** Opens it and says how it compares, without taking it into use. */
function verdict(folder: string, outside: string | null = null): AnchorVerdict {
  const { figures, close } = open(folder, outside);
  close();
  return figures.verdict;
}

function verdictOrError(folder: string): string {
  try {
    return verdict(folder);
  } catch (error) {
    return toErrorShape(error).code;
  }
}

/** As somebody would who exchanges a whole vault folder, the mark in it too. */
function putInPlace(from: string, place: string): void {
  rmSync(place, { recursive: true });
  cpSync(from, place, { recursive: true });
}

/** What a crash leaves: the folder as it is while the vault is open, after everything was acknowledged. */
async function crashed(work: (vault: ReturnType<typeof open>) => void, outside: string | null = null) {
  const folder = temporaryFolder();
  const first = open(folder, outside);
  first.begin();
  first.act('zeroth');
  first.close();
  const closed = temporaryFolder();
  cpSync(folder, closed, { recursive: true });
  const vault = open(folder, outside);
  expect(vault.figures.verdict).toBe('fresh');
  vault.begin();
  work(vault);
  await vault.freshness.durable();
  const left = temporaryFolder();
  cpSync(folder, left, { recursive: true });
  vault.close();
  return { folder, closed, left };
}

const database = (folder: string) => vaultPaths(folder).database;
const log = (folder: string) => `${vaultPaths(folder).database}-wal`;

test('every commit counts once: in transactions, nested, alone; not what changed nothing or was rolled back', () => {
  const { db, begin, add, act } = open(temporaryFolder());
  begin();
  const counted = (work: () => unknown) => {
    const before = commitCount(db);
    work();
    return commitCount(db) - before;
  };
  const insert = db.prepare('INSERT INTO things VALUES (?)');
  expect(counted(() => add('alone'))).toBe(1);
  expect(counted(() => act('with a leaf'))).toBe(1);
  expect(counted(() => db.transaction(() => [insert.run('a'), insert.run('b'), db.transaction(() => insert.run('c'))()])())).toBe(1);
  expect(counted(() => db.prepare('DELETE FROM things WHERE name = ? RETURNING name').get('a'))).toBe(1);
  expect(counted(() => db.transaction(() => db.prepare('SELECT count(*) FROM things').get()).immediate())).toBe(0);
  expect(counted(() => db.prepare("DELETE FROM things WHERE name = 'nobody'").run())).toBe(0);
  const refused = db.transaction(() => {
    insert.run('d');
    throw new Error('no');
  });
  expect(counted(() => expect(refused).toThrow('no'))).toBe(0);
  expect(counted(() => expect(() => insert.run(Buffer.from('x'))).toThrow())).toBe(0);
  expect(counted(() => add('after an error'))).toBe(1);
});

test('a vault that was closed, or left by a crash with everything in place, is fresh', async () => {
  const { folder, left } = await crashed(({ act, add }) => (act('one'), add('two')));
  expect(verdict(folder)).toBe('fresh');
  expect(verdict(left)).toBe('fresh');
  const after = open(left);
  expect(after.closedInOrder).toBe(false);
  expect(after.db.prepare('SELECT name FROM things ORDER BY rowid').pluck().all()).toEqual(['zeroth', 'one', 'two']);
});

test('a lost tail is recognised: log deleted, cut, one bit flipped, also where the lost commit left no audit record', async () => {
  for (const work of [
    ({ act }: ReturnType<typeof open>) => (act('one'), act('two')),
    ({ act, add }: ReturnType<typeof open>) => (act('one'), add('a step without a leaf')),
  ]) {
    const { left } = await crashed(work);
    const whole = readFileSync(log(left));
    expect(whole.length).toBeGreaterThan(8_000);
    truncateSync(log(left), whole.length - 2 * frame);
    expect(verdict(left)).toBe('lost-tail');
  }
  for (const damage of [
    (file: string) => rmSync(file),
    (file: string) => truncateSync(file, 0),
    (file: string) => {
      const bytes = readFileSync(file);
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    },
  ]) {
    const { left } = await crashed(({ act }) => (act('one'), act('two')));
    damage(log(left));
    const found = open(left);
    expect(found.figures).toMatchObject({ verdict: 'lost-tail', place: 'vault', recordsSeen: 3 });
    expect(found.figures['records']).toBeLessThan(3);
    // Accepted, it is what counts from now on.
    found.begin();
    found.act('three');
    found.close();
    expect(verdict(left)).toBe('fresh');
  }
});

test('an older copy is recognised: of the database file alone, of the whole folder by the mark outside', async () => {
  const outside = temporaryFolder();
  const { folder, closed, left } = await crashed(({ act }) => (act('one'), act('two')), outside);
  const copy = temporaryFolder();
  cpSync(left, copy, { recursive: true });
  rmSync(log(copy));
  cpSync(database(closed), database(copy));
  expect(verdict(copy)).toBe('older');
  cpSync(database(closed), database(folder));
  expect(verdict(folder)).toBe('older');
  expect(verdict(closed)).toBe('fresh');
  putInPlace(closed, folder);
  expect(open(folder, outside).figures).toMatchObject({ verdict: 'older', place: 'outside', records: 1, recordsSeen: 3 });
});

test('two vaults of one origin are told apart', async () => {
  const outside = temporaryFolder();
  const { folder, closed } = await crashed(({ act }) => act('one'), outside);
  const other = open(closed, outside);
  other.begin();
  other.act('another history');
  other.close();
  putInPlace(closed, folder);
  expect(verdict(folder, outside)).toBe('forked');
});

test('single stale pages put back into a closed vault are recognised, each of them', async () => {
  const { folder, closed } = await crashed(({ act }) => {
    for (let index = 0; index < 20; index += 1) act(`thing ${index} ${'x'.repeat(500)}`);
  });
  const [now, before] = [readFileSync(database(folder)), readFileSync(database(closed))];
  const marks = readFileSync(vaultPaths(folder).anchor);
  const found: string[] = [];
  for (let page = 0; page * 4096 < before.length; page += 1) {
    const range = [page * 4096, (page + 1) * 4096] as const;
    if (now.subarray(...range).equals(before.subarray(...range))) continue;
    const mixed = Buffer.from(now);
    before.copy(mixed, range[0], ...range);
    writeFileSync(database(folder), mixed);
    writeFileSync(vaultPaths(folder).anchor, marks);
    found.push(verdictOrError(folder));
  }
  // Either it does not open at all, or it says what is wrong.
  expect(found.filter((each) => !['swapped-pages', 'older', 'vault/damaged'].includes(each))).toEqual([]);
  expect(found.filter((each) => each === 'swapped-pages').length).toBeGreaterThan(2);
  expect(found.length).toBeGreaterThan(5);
  writeFileSync(database(folder), now);
  expect(verdict(folder)).toBe('fresh');
});

test('a mark that is gone or damaged is said to be so, and the one outside stands in for it', async () => {
  const outside = temporaryFolder();
  const { folder } = await crashed(({ act }) => act('one'), outside);
  const file = vaultPaths(folder).anchor;
  writeFileSync(file, 'x'.repeat(8192));
  expect([verdict(folder), verdict(folder, outside)]).toEqual(['damaged', 'fresh']);
  rmSync(file);
  expect([verdict(folder), verdict(folder, outside)]).toEqual(['missing', 'fresh']);
  const taken = open(folder, outside);
  taken.begin();
  expect(taken.freshness.state(taken.audit).places).toEqual([
    { place: 'vault', verdict: 'missing' },
    { place: 'outside', verdict: 'fresh' },
  ]);
  taken.close();
  expect(verdict(folder)).toBe('fresh');
  rmSync(join(outside, outsideName(folder, vaultId)));
  expect(verdict(folder, outside)).toBe('fresh');
});

test('a copy that lives elsewhere has a mark of its own: neither makes the other look old', async () => {
  const outside = temporaryFolder();
  const { folder, closed } = await crashed(({ act }) => act('one'), outside);
  const copy = open(closed, outside);
  expect(copy.figures.verdict).toBe('fresh');
  copy.begin();
  for (const name of ['two', 'three', 'four']) copy.act(name);
  copy.close();
  expect([verdict(folder, outside), verdict(closed, outside)]).toEqual(['fresh', 'fresh']);
});
