import { spawn } from 'node:child_process';
import { readdirSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Vault } from '../vault/vault.ts';
import { BackupSet } from './backup-set.ts';
import { explainDestination } from './destination.ts';
import { createSnapshot } from './create-snapshot.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { lockSet } from './set-lock.ts';
import { freely, openedVault, papersOf, password } from './testing/vault.fixture.ts';
import { verifySnapshot } from './verify-set.ts';

const program = fileURLToPath(new URL('testing/backup-child.ts', import.meta.url));

/** Runs a backup in a process of its own and kills it after so many events. Returns the snapshot if it came to one. */
async function killedAfter(events: number, folder: string, destination: string): Promise<string | null> {
  const child = spawn(process.execPath, ['--no-warnings', program, folder, destination], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let seen = 0;
  let made: string | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    made = /^made (.*)/.exec(line)?.[1] ?? made;
    seen += 1;
    if (seen >= events) child.kill('SIGKILL');
  }
  await ended;
  return made;
}

test('a backup killed at any point leaves nothing half done, and the next one goes on from there', async () => {
  const folder = temporaryFolder();
  const destination = temporaryFolder();
  const first = await openedVault(folder);
  first.add(24, 40_000);
  first.close();
  const { vaultId } = first.file;
  const set = new BackupSet(destination, vaultId);
  const copied: number[] = [];
  for (const events of [1, 9, 22, 40, 47, 1_000]) {
    const made = await killedAfter(events, folder, destination);
    const opened = await openedVault(folder, { create: false });
    for (const { id } of set.list())
      expect(await verifySnapshot(set, id, { kind: 'set', key: opened.source.setKey }, freely())).toEqual([]);
    if (made) expect(set.list().map(({ id }) => id)).toContain(made);
    opened.close();
    copied.push((await set.objects()).size);
  }
  // Nothing that was stored is stored again or lost.
  expect(copied).toEqual(copied.toSorted((a, b) => a - b));
  expect(copied.at(-1)).toBe(24);
  expect(readdirSync(set.paths.images)).toHaveLength(set.list().length);

  const opened = await openedVault(folder, { create: false });
  opened.add(3);
  const release = lockSet(set);
  expect(() => lockSet(set)).toThrow(expect.objectContaining({ code: 'backup/in-use' }));
  const header = await createSnapshot(opened.source, set, false, freely());
  release();
  expect(header).toMatchObject({ kind: 'incremental', blobCount: 27 });
  const elsewhere = temporaryFolder();
  await restoreSnapshot(set, header.snapshot, elsewhere, opened.storage.ring, freely());
  const restored = await new Vault(elsewhere).open('ada', { password });
  expect(papersOf(restored.storage)).toEqual(papersOf(opened.storage));
  restored.storage.close();
  opened.close();
}, 240_000);

test('an interrupted restore leaves no vault, and the same one goes on from there', async () => {
  const opened = await openedVault(temporaryFolder());
  opened.add(20, 30_000);
  const set = new BackupSet(temporaryFolder(), opened.file.vaultId);
  const { snapshot } = await createSnapshot(opened.source, set, false, freely());
  const folder = temporaryFolder();
  const stop = new AbortController();
  const control = freely(stop.signal);
  let files = 0;
  control.mayGoOn = () => {
    files += 1;
    if (files > 8) stop.abort();
    control.signal.throwIfAborted();
    return Promise.resolve();
  };
  await expect(restoreSnapshot(set, snapshot, folder, opened.storage.ring, control)).rejects.toMatchObject({ name: 'AbortError' });
  await expect(new Vault(folder).open('ada', { password })).rejects.toMatchObject({ code: 'vault/absent' });
  await restoreSnapshot(set, snapshot, folder, opened.storage.ring, freely());
  const restored = await new Vault(folder).open('ada', { password });
  expect(papersOf(restored.storage)).toEqual(papersOf(opened.storage));
  restored.storage.close();
  opened.close();
});

test('a disk that is pulled in the middle is said by name; nothing is written in its place, and it goes on once it is back', async () => {
  const opened = await openedVault(temporaryFolder());
  opened.add(20, 20_000);
  const destination = temporaryFolder();
  const set = new BackupSet(destination, opened.file.vaultId);
  const control = freely();
  let files = 0;
  control.mayGoOn = () => {
    files += 1;
    if (files === 10) renameSync(set.folder, `${set.folder}.pulled`);
    return Promise.resolve();
  };
  const pulled = await createSnapshot(opened.source, set, false, control).catch((error: unknown) => explainDestination(error, set));
  expect(pulled).toMatchObject({ code: 'backup/destination-lost' });
  expect(readdirSync(destination)).toEqual([`${basename(set.folder)}.pulled`]);
  renameSync(`${set.folder}.pulled`, set.folder);
  expect((await set.objects()).size).toBeGreaterThan(3);
  const { snapshot } = await createSnapshot(opened.source, set, false, freely());
  expect(await verifySnapshot(set, snapshot, { kind: 'set', key: opened.source.setKey }, freely())).toEqual([]);
  opened.close();
});
