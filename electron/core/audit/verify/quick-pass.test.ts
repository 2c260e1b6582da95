import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { DatabaseImage } from '../../backup/database-image.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { AuditLog } from '../audit-log.ts';
import { AuditRepository } from '../audit.repository.ts';
import type { LogStorage } from '../log-keys.ts';
import { makeLog, openLog, pruning, size, wrong } from './log.fixture.ts';
import { quickPass, readHere } from './quick-pass.ts';
import { readInThreads } from './readers.ts';
import { SegmentCheck, segmentLeaves } from './segment-check.ts';
import { thoroughPass } from './thorough-pass.ts';

const count = Math.floor(size / segmentLeaves);
const folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
const made = makeLog(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** A log of its own, as `sql` leaves it. */
function logAfter(sql = ''): LogStorage {
  const file = join(temporaryFolder(), 'vault.db');
  copyFileSync(made, file);
  const storage = openLog(file);
  onTestFinished(() => void storage.db.close());
  // Who has the key needs no leave of SQLite's.
  storage.db.pragma('ignore_check_constraints=1');
  storage.db.exec(sql);
  return storage;
}

const ways = {
  'this thread': ({ db }: LogStorage) => readHere(new SegmentCheck(db), count),
  threads: (storage: LogStorage) => readInThreads(storage, size, count),
};

async function passOf(storage: LogStorage, way: keyof typeof ways) {
  const segments = await ways[way](storage);
  return segments && quickPass(new AuditRepository(storage.db), size, segments);
}

const both = Object.keys(ways) as (keyof typeof ways)[];

test.each(both)('read in %s, leaves and nodes lead to the head, at every earlier size too', async (way) => {
  const storage = logAfter();
  const log = new AuditLog(storage);
  const passed = await passOf(storage, way);
  expect(passed?.root).toEqual(log.head().root);
  expect(passed?.stubs.count).toBe(0);
  for (const at of [0, 1, 1023, 1024, 1025, 2048, size]) expect(passed?.rootAt(at)).toEqual(log.rootAt(at));
  expect(passed?.rootAt(size + 1)).toBeNull();
});

test('whoever reads finds the same of pruned leaves', async () => {
  const storage = logAfter(pruning);
  const thorough = await thoroughPass(new AuditRepository(storage.db), size, new Set(), () => expect.unreachable());
  for (const way of both) {
    const passed = await passOf(storage, way);
    expect(passed?.stubs.count).toBe(1099);
    expect(passed?.stubs.taken()).toEqual(thorough.stubs.taken());
  }
});

test.each(Object.entries(wrong))('%s does not pass, and the thorough pass says where', async (_, sql) => {
  const storage = logAfter(sql);
  for (const way of both) expect(await passOf(storage, way)).toBeNull();
  const found: string[] = [];
  await thoroughPass(new AuditRepository(storage.db), size, new Set(), (sequence, code) => found.push(`${sequence} ${code}`));
  expect(found).not.toEqual([]);
});

test('while threads read, writing goes on, and the vault stays locked for others; afterwards the file changes again', async () => {
  const storage = logAfter();
  const { db } = storage;
  const logPages = db.pragma('wal_autocheckpoint', { simple: true });
  const reading = readInThreads(storage, size, count);
  db.exec('CREATE TABLE later (value)');
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
  // Somebody else reads the file as it was.
  expect(await readInThreads(storage, size, count)).toBeNull();
  expect(await reading).toHaveLength(count);
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(logPages);
  expect(openElsewhere(db.name)).toBe('vault/in-use');
  db.exec('INSERT INTO later VALUES (1)');
});

test('a backup comes first, and an emptied write-ahead log changes no answer', async () => {
  const storage = logAfter();
  const logPages = storage.db.pragma('wal_autocheckpoint', { simple: true });
  const backup = new DatabaseImage(storage.db, storage.db.name).freeze();
  expect(await passOf(storage, 'threads')).toBeNull();
  expect(backup.release()).toBe(true);
  // One that fails as it begins holds nothing.
  expect(() => new DatabaseImage(storage.db, `${storage.db.name}-gone`).freeze()).toThrow('ENOENT');
  expect(storage.db.pragma('wal_autocheckpoint', { simple: true })).toBe(logPages);

  const reading = readInThreads(storage, size, count);
  storage.db.exec(
    "CREATE TABLE much (value); INSERT INTO much SELECT randomblob(4000) FROM audit_leaves; UPDATE audit_leaves SET canonical = '{}'",
  );
  storage.db.pragma('wal_checkpoint(TRUNCATE)');
  const found = await reading;
  if (found) expect(quickPass(new AuditRepository(storage.db), size, found)).toBeNull();
  expect(storage.db.pragma('wal_autocheckpoint', { simple: true })).toBe(logPages);
});

test('another key, another head or a stop: no answer, no harm', async () => {
  const storage = logAfter();
  expect(await readInThreads({ ...storage, vaultId: 'v2' }, size, count)).toBeNull();
  expect(await readInThreads(storage, size + 1, count)).toBeNull();
  const stop = new AbortController();
  const reading = readInThreads(storage, size, count, stop.signal);
  stop.abort();
  await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  await expect(readInThreads(storage, size, count, stop.signal)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  expect(await readInThreads(storage, size, count)).toHaveLength(count);
});

test('what is checked is the file, not what memory holds of it', async () => {
  const altered = logAfter(wrong['a text']).db;
  altered.close();
  const storage = logAfter();
  const { db } = storage;
  const log = new AuditLog(storage);
  const found = async () =>
    (await log.verify()).problems.filter(({ code }) => code !== 'guard').map(({ code, sequence }) => [code, sequence]);
  expect(await found()).toEqual([]);
  // Another process has the pages of the file say something else, and then what they said before.
  putBytes(altered.name, db.name);
  expect(await found()).toContainEqual(['altered', 1500]);
  putBytes(made, db.name);
  expect(await found()).toEqual([]);
  const torn = readFileSync(made);
  torn.fill(1, 60 * 4096, 70 * 4096);
  writeFileSync(`${altered.name}-torn`, torn);
  putBytes(`${altered.name}-torn`, db.name);
  expect(await found()).toEqual([['pages', null]]);
  putBytes(made, db.name);
  expect(db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = 1500').pluck().get()).toContain('合同');
});

/** Another process overwrites a file with the bytes of another one. */
function putBytes(from: string, to: string): void {
  const code = `const { openSync, readFileSync, writeSync } = require('node:fs');
    const bytes = readFileSync(${JSON.stringify(from)});
    if (writeSync(openSync(${JSON.stringify(to)}, 'r+'), bytes, 0, bytes.length, 0) !== bytes.length) throw new Error('short');`;
  execFileSync(process.execPath, ['--eval', code]);
}

/** What opening the database in another process says. */
function openElsewhere(file: string): string {
  const database = fileURLToPath(new URL('../../vault/database.ts', import.meta.url));
  const code = `import { openDatabase } from ${JSON.stringify(database)};
    try { openDatabase(${JSON.stringify(file)}, Buffer.alloc(32), 'open'); } catch (error) { console.log(error.code); }`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }).trim();
}
