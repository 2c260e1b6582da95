import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase } from '../database.ts';
import { releaseFile } from '../held-file.ts';
import { migrate } from '../migrations/index.ts';
import { pageBytes } from '../page-macs.ts';
import { DatabaseCheck, type CheckResult } from './database-check.ts';

const key = randomBytes(32);

function made() {
  const file = join(temporaryFolder(), 'vault.db');
  const db = openDatabase(file, key, 'create');
  migrate(db);
  db.prepare("INSERT INTO vault (one, vault_id, created_at, checked_pages) VALUES (1, 'v', 0, 0)").run();
  for (let index = 0; index < 300; index += 1) db.prepare('INSERT INTO secrets VALUES (?, ?)').run(String(index), randomBytes(5_000));
  db.prepare('DELETE FROM secrets WHERE name >= 3').run();
  db.close();
  return file;
}

/** Opens the database and runs the check that is due. */
async function check(file: string, meanwhile: (db: ReturnType<typeof openDatabase>) => void = () => undefined) {
  const db = openDatabase(file, key, 'open');
  let tables = 0;
  const { promise, resolve, reject } = Promise.withResolvers<CheckResult>();
  const found = new DatabaseCheck({
    db,
    file,
    databaseKey: () => Buffer.from(key),
    isQuiet: () => true,
    onTable: () => (tables += 1),
    onDone: resolve,
    onError: reject,
    pauseMs: 0,
  });
  found.start();
  if (found.state.state === 'none') resolve({ ok: true, pages: 0, badPages: 0, badTables: [] });
  meanwhile(db);
  const result = await promise;
  const due = db.prepare('SELECT checked_pages FROM vault').pluck().get();
  db.close();
  releaseFile(file);
  return { result, due, tables, state: found.state.state };
}

function change(file: string, page: number, at: number, bytes: (before: Buffer) => Uint8Array): void {
  const handle = openSync(file, 'r+');
  const before = Buffer.alloc(pageBytes);
  readSync(handle, before, 0, pageBytes, (page - 1) * pageBytes);
  writeSync(handle, bytes(before), 0, pageBytes, (at - 1) * pageBytes);
  closeSync(handle);
}

test('a sound database passes, in use, and no check is due any more', async () => {
  const file = made();
  const first = await check(file, (db) => db.prepare('INSERT INTO secrets VALUES (?, ?)').run('new', randomBytes(50_000)));
  expect(first).toMatchObject({ result: { ok: true, badPages: 0, badTables: [] }, due: null, state: 'ok' });
  expect(first.tables).toBeGreaterThan(20);
  expect((await check(file)).state).toBe('none');
});

test('a torn, flipped or moved page is found, and stays to be checked', async () => {
  const torn = made();
  change(torn, 200, 200, (before) => Buffer.concat([before.subarray(0, 2048), Buffer.alloc(2048)]));
  expect(await check(torn)).toMatchObject({ result: { ok: false, badPages: 1 }, due: 0, state: 'damaged' });
  const flipped = made();
  change(flipped, 300, 300, (before) => before.fill((before[99] ?? 0) ^ 1, 99, 100));
  expect(await check(flipped)).toMatchObject({ result: { ok: false, badPages: 1 } });
  const moved = made();
  change(moved, 400, 401, (before) => before);
  const { result } = await check(moved);
  expect(result).toMatchObject({ ok: false, badPages: 1, badTables: ['secrets'] });
});
