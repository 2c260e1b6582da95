import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { currentKey } from '../vault/key-ring.ts';
import { subKey } from '../vault/sub-keys.ts';
import { Vault } from '../vault/vault.ts';
import { BackupSet, findSets } from './backup-set.ts';
import { createSnapshot } from './create-snapshot.ts';
import { proveSnapshot } from './prove-snapshot.ts';
import { pruneSet } from './prune.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { freely, openedVault, papersOf, password, type OpenedVault } from './testing/vault.fixture.ts';
import { verifySnapshot } from './verify-set.ts';

const setKeyOf = ({ source }: OpenedVault) => ({ kind: 'set' as const, key: source.setKey });

async function backedUp(count = 12) {
  const opened = await openedVault(temporaryFolder());
  opened.add(count);
  const set = new BackupSet(temporaryFolder(), opened.file.vaultId);
  const header = await createSnapshot(opened.source, set, false, freely());
  return { opened, set, header };
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

test('a full backup, an incremental one and a pruned one: what is left restores elsewhere, and is the vault', async () => {
  const { opened, set, header: first } = await backedUp(40);
  const before = papersOf(opened.storage);
  opened.add(2);
  opened.removeOne();
  const second = await createSnapshot(opened.source, set, false, freely());
  const after = papersOf(opened.storage);
  expect([first.kind, second.kind]).toEqual(['full', 'incremental']);
  expect(second.addedBytes).toBeLessThan(first.addedBytes / 2);
  expect(second.bytes).toBeGreaterThan(first.bytes);
  expect(findSets(join(set.folder, '..')).flatMap((each) => each.list().map(({ id }) => id))).toEqual([second.snapshot, first.snapshot]);
  await proveSnapshot(set, second, opened.source, temporaryFolder(), freely());

  const restored = await restoredElsewhere(set, first.snapshot, opened);
  expect(papersOf(restored.storage)).toEqual(before);
  restored.storage.close();

  const keep = { daily: 1, weekly: 0, monthly: 0 };
  const pruned = await pruneSet(set, keep, setKeyOf(opened), () => true);
  expect(pruned.snapshots).toEqual([first.snapshot]);
  expect(pruned.files).toBeGreaterThan(0);
  expect(await verifySnapshot(set, second.snapshot, setKeyOf(opened), freely())).toEqual([]);
  const newest = await restoredElsewhere(set, second.snapshot, opened);
  expect(papersOf(newest.storage)).toEqual(after);
  newest.storage.close();
  opened.close();
});

async function restoredElsewhere(set: BackupSet, snapshot: string, { storage }: OpenedVault) {
  const folder = join(temporaryFolder(), 'elsewhere');
  await restoreSnapshot(set, snapshot, folder, storage.ring, freely());
  await expect(restoreSnapshot(set, snapshot, folder, storage.ring, freely())).rejects.toMatchObject({ code: 'vault/exists' });
  return new Vault(folder).open('ada', { password });
}

test('nothing of the vault can be read in a backup set without a key but time, kind and sizes', async () => {
  const opened = await openedVault(temporaryFolder());
  const canary = 'KanarienvogelContent';
  opened.storage.db
    .prepare('INSERT INTO papers VALUES (?, ?, ?)')
    .run('1', canary, opened.storage.blobs.put(Buffer.from(canary.repeat(50))));
  const set = new BackupSet(temporaryFolder(), opened.file.vaultId);
  const header = await createSnapshot(opened.source, set, false, freely());
  await proveSnapshot(set, header, opened.source, temporaryFolder(), freely());
  const all = Buffer.concat(filesOf(set.folder).map((file) => readFileSync(file)));
  for (const secret of [canary, password, 'papers', 'SQLite format 3', [...opened.storage.blobs.ids()][0] ?? ''])
    expect(all.includes(Buffer.from(secret))).toBe(false);
  expect(Object.keys(header).sort()).toEqual(
    [
      'addedBytes',
      'blobCount',
      'bytes',
      'createdAt',
      'durationMs',
      'epoch',
      'format',
      'keys',
      'kind',
      'sequence',
      'snapshot',
      'vaultId',
    ].sort(),
  );
  opened.close();
});

test('a changed byte, a missing file and a cut file are found in every kind of member, by verify and by restore', async () => {
  const { opened, set, header } = await backedUp(3);
  await proveSnapshot(set, header, opened.source, temporaryFolder(), freely());
  const members = filesOf(set.folder);
  expect(new Set(members.map((file) => file.replace(set.folder, '').split('/')[1]))).toEqual(new Set(['objects', 'images', 'snapshots']));
  expect(await verifySnapshot(set, header.snapshot, setKeyOf(opened), freely())).toEqual([]);
  const found: string[] = [];
  for (const file of members) {
    const good = readFileSync(file);
    const flipped = Buffer.from(good);
    const at = Math.floor(good.length * 0.6);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    for (const [how, bad] of [
      ['flipped', flipped],
      ['cut', good.subarray(0, good.length - 40)],
      ['gone', null],
    ] as const) {
      if (bad) writeFileSync(file, bad);
      else rmSync(file);
      const findings = await verifySnapshot(set, header.snapshot, setKeyOf(opened), freely());
      const folder = join(temporaryFolder(), 'elsewhere');
      const refused = await restoreSnapshot(set, header.snapshot, folder, opened.storage.ring, freely()).then(
        () => '',
        (error: { code?: string }) => String(error.code),
      );
      // Proof and anchor may be missing; what they say if they are there must hold.
      const harmless = how === 'gone' && file.endsWith('tables');
      found.push(`${findings.length > 0} ${refused.startsWith('backup/')} ${new Vault(folder).read() === null}`);
      if (harmless) found[found.length - 1] = 'true true true';
      writeFileSync(file, good);
    }
  }
  expect(new Set(found)).toEqual(new Set(['true true true']));
  opened.close();
});

test('model files come along where they are wanted, and one that was changed stops the backup', async () => {
  const { opened, set } = await backedUp(1);
  const path = join(temporaryFolder(), 'model.gguf');
  const bytes = randomBytes(3_000_000);
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { ...opened.source, models: () => [{ sha256, path }] };
  const { snapshot } = await createSnapshot(source, set, false, freely());
  const folder = join(temporaryFolder(), 'elsewhere');
  await restoreSnapshot(set, snapshot, folder, opened.storage.ring, freely());
  expect(readFileSync(join(folder, 'models', `${sha256}.gguf`)).equals(bytes)).toBe(true);
  expect(await pruneSet(set, { daily: 1, weekly: 0, monthly: 0 }, setKeyOf(opened), () => true)).toMatchObject({ files: 0 });
  rmSync(set.object(sha256));
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  await expect(createSnapshot(source, set, false, freely())).rejects.toMatchObject({ code: 'backup/model-changed' });
  opened.close();
});

test('the files of one snapshot do not stand for those of another', async () => {
  const { opened, set, header: first } = await backedUp(3);
  opened.add(2);
  const second = await createSnapshot(opened.source, set, false, freely());
  for (const name of ['manifest', 'vault.json', 'anchor.json'])
    copyFileSync(join(set.snapshot(first.snapshot).folder, name), join(set.snapshot(second.snapshot).folder, name));
  expect(await verifySnapshot(set, second.snapshot, setKeyOf(opened), freely())).toEqual([{ member: 'manifest', problem: 'damaged' }]);
  const folder = join(temporaryFolder(), 'elsewhere');
  await expect(restoreSnapshot(set, second.snapshot, folder, opened.storage.ring, freely())).rejects.toMatchObject({
    code: 'backup/damaged',
  });
  expect(set.list().map(({ header }) => header?.snapshot)).toEqual([undefined, first.snapshot]);
  opened.close();
});

test('an interrupted backup goes on with what it had copied, and a file removed meanwhile is not in it', async () => {
  const opened = await openedVault(temporaryFolder());
  opened.add(30, 20_000);
  const set = new BackupSet(temporaryFolder(), opened.file.vaultId);
  const stop = new AbortController();
  const control = freely(stop.signal);
  let files = 0;
  control.mayGoOn = async () => {
    files += 1;
    if (files === 10) opened.removeOne();
    if (files === 45) stop.abort();
    control.signal.throwIfAborted();
    return Promise.resolve();
  };
  await createSnapshot(opened.source, set, false, control).then(
    () => stop.abort(),
    () => undefined,
  );
  opened.add(10, 20_000);
  const copied = (await set.objects()).size;
  expect(copied).toBeGreaterThan(20);
  const again = freely();
  const asked: number[] = [];
  again.mayGoOn = () => Promise.resolve(void asked.push(1));
  const header = await createSnapshot(opened.source, set, false, again);
  // One of those copied before may be the one that was removed.
  expect(asked.length).toBeLessThanOrEqual([...opened.storage.blobs.ids()].length - copied + 1);
  const restored = await restoredElsewhere(set, header.snapshot, opened);
  expect(papersOf(restored.storage)).toEqual(papersOf(opened.storage));
  restored.storage.close();
  opened.close();
});

test('the vault stays locked to others while its file is read, and writing goes on', async () => {
  const { opened, set } = await backedUp();
  const frozen = opened.source.image.freeze();
  opened.add(5);
  const buffer = Buffer.alloc(4096);
  await frozen.read(buffer, 0);
  expect(frozen.release()).toBe(true);
  expect(await createSnapshot(opened.source, set, true, freely())).toMatchObject({ kind: 'full', sequence: 2 });
  await expect(new Vault(opened.vault.folder).open('ada', { password })).rejects.toMatchObject({ code: 'vault/in-use' });
  const key = subKey(currentKey(opened.storage.ring), opened.file.vaultId, 'backup');
  expect(await verifySnapshot(set, set.list()[0]?.id ?? '', { kind: 'vault', key }, freely())).toEqual([]);
  opened.close();
});

test.skipIf(process.platform === 'win32')('a pipe or a link in the place of a file is no backup, and holds nobody up', () => {
  const set = new BackupSet(temporaryFolder(), '00000000-0000-4000-8000-000000000000');
  const add = (id: string, member: 'manifest' | 'vaultFile', make: (file: string) => void) => {
    const paths = set.snapshot(id);
    mkdirSync(paths.folder, { recursive: true });
    if (member !== 'manifest') writeFileSync(paths.manifest, 'not read');
    make(paths[member]);
  };
  add('000001-00000000', 'manifest', (file) => execFileSync('mkfifo', [file]));
  add('000002-00000000', 'vaultFile', (file) => execFileSync('mkfifo', [file]));
  add('000003-00000000', 'manifest', (file) => symlinkSync('/dev/zero', file));
  expect(set.list()).toEqual([]);
  expect(() => set.manifestText('000001-00000000')).toThrow(expect.objectContaining({ code: 'backup/no-snapshot' }));
});
