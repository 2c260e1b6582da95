import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SiemSettings } from '../../contract/audit-records.ts';
import { newAuditLog } from '../../testing/audit-log.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { migrate } from '../../vault/migrations/index.ts';
import { AuditedAct, systemActor } from '../act.ts';
import type { AuditLog } from '../audit-log.ts';
import { SiemExport } from './siem-export.ts';

let db: WritableDb;
let log: AuditLog;
let vaultFolder: string;
let folder: string;
let siem: SiemExport;

beforeEach(() => {
  const root = temporaryFolder();
  vaultFolder = join(root, 'vault');
  folder = join(root, 'collected');
  for (const each of [vaultFolder, folder]) mkdirSync(each);
  db = openDatabase(join(vaultFolder, 'vault.db'), Buffer.alloc(32, 7), 'create');
  migrate(db);
  log = newAuditLog(db);
  siem = open();
});
afterEach(async () => {
  await siem.close();
  db.close();
});

const act = (action: string) => new AuditedAct(db, log, systemActor, action);
const open = () =>
  new SiemExport({
    db,
    systemAct: act,
    log: { info: () => undefined, bug: (where, error) => expect.fail(`${where}: ${String(error)}`) },
    vaultFolder,
    source: { origin: 'redoubt/v1', version: '1' },
  });
const work = (count: number) => {
  for (let each = 0; each < count; each += 1) act('documents.read').commit({ subject: `d${each}` }, () => undefined);
};
const settings = (more: Partial<SiemSettings> = {}): SiemSettings => ({
  folder,
  format: 'ecs',
  everyMinutes: 60,
  filesTaken: false,
  ...more,
});
const set = (more: Partial<SiemSettings> = {}) => siem.set(act('audit.set-export'), settings(more));
const exportNow = () => siem.now(act('audit.export'));
const minute = 60_000;

type Line = { event: { sequence: number; hash: string; action: string } };
const lines = () =>
  readdirSync(folder)
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    )
    .map((line) => JSON.parse(line) as Line);
const leafHashes = () =>
  log
    .list({ limit: 1_000 })
    .entries.toReversed()
    .map(({ leafHash }) => leafHash);

test('exports hand out every entry once, with its hash, in files named by their ranges', async () => {
  work(3);
  set();
  await exportNow();
  work(2);
  const state = await exportNow();
  expect(lines().map(({ event }) => event.sequence)).toEqual(Array.from({ length: 7 }, (_, index) => index));
  expect(lines().map(({ event }) => event.hash)).toEqual(leafHashes().slice(0, 7));
  expect(readdirSync(folder).sort()).toEqual(['redoubt-v1-0000000000-0000000003.ndjson', 'redoubt-v1-0000000004-0000000006.ndjson']);
  expect(state).toMatchObject({ next: 7, waiting: 1, files: 2, error: null, problems: [] });
  expect((await log.verify()).ok).toBe(true);
});

test('the schedule exports when it is time, not for what it wrote itself, and after the clock was set back', async () => {
  const now = Date.now();
  work(1);
  set({ everyMinutes: 10 });
  await siem.runDue(now + 5 * minute);
  expect(readdirSync(folder)).toEqual([]);
  await siem.runDue(now + 11 * minute);
  expect(lines()).toHaveLength(2);
  await siem.runDue(now + 22 * minute);
  expect(lines()).toHaveLength(2);
  work(1);
  await siem.runDue(now - 5_000 * minute);
  expect(lines().map(({ event }) => event.action)).toEqual(['documents.read', 'audit.set-export', 'audit.export', 'documents.read']);
});

test('a file that was taken away, altered or cut is noticed, told once and on record', async () => {
  set();
  for (let each = 0; each < 4; each += 1) {
    work(2);
    await exportNow();
  }
  const [missing = '', altered = '', cut = ''] = readdirSync(folder).sort();
  rmSync(join(folder, missing));
  const text = readFileSync(join(folder, altered), 'utf8');
  writeFileSync(join(folder, altered), text.replace('"success"', '"SUCCESS"'));
  truncateSync(join(folder, cut), 100);
  const state = await exportNow();
  expect(state.problems.map(({ file, kind }) => `${file} ${kind}`).sort()).toEqual([
    `${missing} missing`,
    `${altered} altered`,
    `${cut} altered`,
  ]);
  await exportNow();
  const told = log.list({ action: 'audit.export-damaged', limit: 10 }).entries;
  expect(told.map(({ outcome, details }) => `${outcome} ${String(details['file'])}`).sort()).toEqual(
    [missing, altered, cut].map((file) => `failed ${file}`),
  );
  // What is left shows the gap by itself.
  rmSync(join(folder, cut));
  const sequences = lines().map(({ event }) => event.sequence);
  expect(sequences.some((sequence, index) => index > 0 && sequence !== (sequences[index - 1] ?? 0) + 1)).toBe(true);
});

test('where the collector takes files away, only an altered one is told', async () => {
  set({ filesTaken: true });
  await exportNow();
  work(1);
  await exportNow();
  const [taken = '', altered = ''] = readdirSync(folder).sort();
  rmSync(join(folder, taken));
  writeFileSync(join(folder, altered), 'x');
  expect((await exportNow()).problems).toMatchObject([{ file: altered, kind: 'altered' }]);
});

test('a folder that is not there, not outside the vault or gone meanwhile is told, and nothing is lost', async () => {
  expect(() => set({ folder: join(vaultFolder) })).toThrow(expect.objectContaining({ code: 'audit/export-inside-vault' }) as Error);
  expect(() => set({ folder: join(folder, 'no') })).toThrow(expect.objectContaining({ code: 'audit/export-folder-missing' }) as Error);
  await expect(exportNow()).rejects.toMatchObject({ code: 'audit/export-folder-missing' });
  work(1);
  set({ everyMinutes: 1 });
  rmSync(folder, { recursive: true });
  const now = Date.now();
  for (let each = 2; each < 5; each += 1) await siem.runDue(now + each * 2 * minute);
  expect(siem.state()).toMatchObject({ next: 0, files: 0, error: { code: 'audit/export-folder-missing' } });
  expect(log.list({ action: 'audit.export', limit: 9 }).entries).toMatchObject([
    { outcome: 'failed', reason: 'audit/export-folder-missing' },
  ]);
  mkdirSync(folder);
  await siem.runDue(now + 60 * minute);
  expect(siem.state()).toMatchObject({ files: 1, error: null });
  expect(lines()[0]?.event.sequence).toBe(0);
});

test('a range goes to a folder once, beside the schedule', async () => {
  work(5);
  const files = await siem.to(act('audit.export'), { folder, format: 'ecs', first: 1, last: 3 });
  expect(files).toMatchObject([{ first: 1, last: 3, name: 'redoubt-v1-0000000001-0000000003.ndjson' }]);
  expect(lines().map(({ event }) => event.sequence)).toEqual([1, 2, 3]);
  expect(siem.state()).toMatchObject({ next: 0, files: 0 });
  // The same again replaces itself; what somebody else, or this vault before it was put back, has written stays.
  const again = await siem.to(act('audit.export'), { folder, format: 'ecs', first: 1, last: 3 });
  expect(again.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  writeFileSync(join(folder, files[0]?.name ?? ''), 'other');
  const [beside] = await siem.to(act('audit.export'), { folder, format: 'ecs', first: 1, last: 3 });
  expect(beside?.name).toBe('redoubt-v1-0000000001-0000000003-2.ndjson');
  expect(readFileSync(join(folder, files[0]?.name ?? ''), 'utf8')).toBe('other');
});

test('nothing is handed out that is not on record; what was written by hand keeps nothing back', async () => {
  work(3);
  db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON audit_leaves BEGIN SELECT RAISE(ABORT, 'no room'); END");
  await expect(siem.to(act('audit.export'), { folder, format: 'ecs', first: 0, last: null })).rejects.toThrow('no room');
  expect(readdirSync(folder)).toEqual([]);
  db.exec('DROP TRIGGER full; DROP TRIGGER audit_leaves_only_pruned');
  db.exec("UPDATE audit_leaves SET canonical = '{}' WHERE sequence = 1");
  set();
  db.exec("INSERT INTO siem_files VALUES (0, 1000000, 'x', 'x', 1, 'x', 1, NULL, NULL)");
  await exportNow();
  expect(lines().map(({ event }) => event.sequence)).toEqual([0, 2, 3]);
  set({ folder: vaultFolder.replace(/vault$/, '') });
  const [moved] = log.list({ action: 'audit.set-export', limit: 1 }).entries;
  expect(moved?.details).toMatchObject({ moved: true, on: true });
});
