import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditedAct, systemActor } from '../audit/act.ts';
import type { BackupSettings, BackupState } from '../contract/backup.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { BackupRepository, defaultSettings } from './backup.repository.ts';
import { BackupService } from './backup.service.ts';
import { pieceBytes } from './manifest.ts';
import { Power } from './power.ts';
import { openedVault } from './testing/vault.fixture.ts';

async function serving() {
  const opened = await openedVault(temporaryFolder());
  const { storage, audit, source, vault } = opened;
  const repository = new BackupRepository(storage.db);
  const systemAct = (action: string) => new AuditedAct(storage.db, audit, systemActor, action);
  const bugs: unknown[] = [];
  const power = new Power(join(temporaryFolder(), 'none'));
  const service = new BackupService({
    source,
    repository,
    vaultFolder: vault.folder,
    ring: storage.ring,
    log: { info: () => undefined, bug: (where, error) => void bugs.push([where, error]) },
    systemAct,
    power,
    pace: { graceMs: 5, tickMs: 20 },
  });
  const settle = (settings: Partial<BackupSettings>) =>
    service.setSettings(systemAct('backup.set-settings'), { ...defaultSettings, ...settings });
  const until = async (wanted: (state: BackupState) => boolean) => {
    for await (const state of service.watch()) if (wanted(state)) return state;
    throw new Error('the stream ended');
  };
  const actions = () => audit.list({ search: 'backup.', limit: 50 }).entries.map(({ action, outcome }) => `${action} ${outcome}`);
  const close = async () => {
    await service.close();
    opened.close();
    expect(bugs).toEqual([]);
  };
  return { ...opened, repository, service, systemAct, power, settle, until, actions, close };
}

test('a missed backup runs after the next start, on mains only, and the next one is planned', async () => {
  const { service, settle, until, power, repository, add, close } = await serving();
  add(3);
  settle({ folder: temporaryFolder() });
  repository.nextAt = Date.now() - 5 * 86_400_000;
  power.note(true);
  service.start();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(service.state()).toMatchObject({ last: null, activity: null });
  power.note(false);
  const { last, nextAt } = await until((state) => state.last !== null && !state.activity);
  expect(last).toMatchObject({ error: null });
  expect(nextAt).toBeGreaterThan(Date.now());
  expect(service.snapshots(null)).toMatchObject([{ kind: 'full', blobCount: 3, problem: null }]);
  await close();
});

test('a scheduled backup pauses where the machine goes on battery in the middle of it, one that a person began does not', async () => {
  const { service, settle, until, power, repository, add, actions, systemAct, close } = await serving();
  add(6);
  settle({ folder: temporaryFolder() });
  repository.nextAt = Date.now() - 1;
  // On mains when it begins, on battery at the first file.
  let asked = 0;
  let plugged = false;
  Object.defineProperty(power, 'onBattery', { get: () => (asked += 1) > 1 && !plugged });
  service.start();
  await until(({ activity }) => activity?.paused === 'battery');
  expect(service.state().last).toBeNull();
  plugged = true;
  const { last } = await until((state) => state.last !== null && !state.activity);
  plugged = false;
  service.run(systemAct('backup.run'));
  await until((state) => !state.activity);
  // Of one day, the newest is kept.
  const [kept, ...others] = service.snapshots(null);
  expect(others).toEqual([]);
  expect(kept?.id).not.toBe(last?.snapshotId);
  expect(actions()).toEqual([
    'backup.prune done',
    'backup.complete done',
    'backup.run done',
    'backup.complete done',
    'backup.set-settings done',
  ]);
  await close();
});

test('a disk that is not there is said by name, tried again within the hour, and never mistaken for an empty one', async () => {
  const { service, settle, until, repository, systemAct, close } = await serving();
  const disk = temporaryFolder();
  const folder = join(disk, 'backups');
  mkdirSync(folder);
  settle({ folder });
  service.run(systemAct('backup.run'));
  await until((state) => !state.activity);
  renameSync(folder, join(disk, 'unplugged'));
  repository.nextAt = Date.now() - 1;
  service.start();
  const failed = await until(({ last }) => last?.error !== null && last !== null);
  expect(failed.last?.error).toMatchObject({ code: 'backup/destination-missing' });
  expect((failed.nextAt ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
  mkdirSync(folder);
  expect(() => service.run(systemAct('backup.run'))).toThrow(expect.objectContaining({ code: 'backup/set-missing' }));
  settle({ folder });
  service.run(systemAct('backup.run'));
  expect((await until((state) => !state.activity)).last?.error).toBeNull();
  await close();
});

test('damage that the next backup meets is said at once, put aside, and the backup after it is whole again', async () => {
  const { service, settle, until, add, systemAct, close } = await serving();
  add(3);
  const folder = temporaryFolder();
  settle({ folder });
  const backUp = async () => {
    service.run(systemAct('backup.run'));
    return (await until((state) => !state.activity)).last;
  };
  const first = await backUp();
  const images = join(folder, readdirSync(folder)[0] ?? '', 'images');
  const pack = join(images, `${first?.snapshotId ?? ''}.pack`);
  const bytes = readFileSync(pack);
  for (let at = 5_000; at < bytes.length; at += pieceBytes) bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(pack, bytes);
  add(1);
  expect(await backUp()).toMatchObject({ error: { code: 'backup/damaged' } });
  expect(service.snapshots(null)[0]).toMatchObject({ problem: { code: 'backup/damaged' } });
  const third = await backUp();
  expect(third).toMatchObject({ error: null });
  expect(service.snapshots(null)[0]).toMatchObject({ id: third?.snapshotId, kind: 'full', blobCount: 4, problem: null });
  service.drill(systemAct('backup.drill'), null);
  expect((await until((state) => !state.activity)).lastDrill).toMatchObject({ ok: true, blobs: 4 });
  await close();
});

test('Linux says what the machine runs on', () => {
  const supply = (files: Record<string, Record<string, string>>) => {
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(content)) writeFileSync(join(folder, name, file), `${text}\n`);
    }
    return new Power(folder).onBattery;
  };
  const battery = { type: 'Battery', status: 'Discharging' };
  expect([
    supply({}),
    supply({ BAT0: battery }),
    supply({ BAT0: battery, AC: { type: 'Mains', online: '0' } }),
    supply({ BAT0: battery, AC: { type: 'Mains', online: '1' } }),
    supply({ BAT0: { ...battery, status: 'Full' } }),
    supply({ mouse: { ...battery, scope: 'Device' } }),
  ]).toEqual([false, true, true, false, false, false]);
});
