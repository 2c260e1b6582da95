import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuditedAct, systemActor } from '../../audit/act.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { createSigningKeys } from '../../audit/signing-keys.ts';
import { contract } from '../../contract/index.ts';
import { toErrorShape } from '../../errors.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { unusedBytes } from '../database.ts';
import { ringOf } from '../key-ring.ts';
import { openStorage } from '../open-vault.ts';
import { necessarily } from './room.ts';
import { roomMaking } from './room-making.ts';
import { Space } from './space.ts';

const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
const nothing = () => ({ blobBytes: 0, blobCount: 0 });
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'done';
  } catch (error) {
    return toErrorShape(error).code;
  }
};

/** A file system of its own of `mib` MiB, or null where this account may not make one. */
function smallDisk(mib: number): string | null {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return folder;
}

test('what makes room is named as the contract names it', () => {
  type Node = { readonly '~orpc'?: { readonly meta: { readonly audit: string | null } } };
  const actions = new Set<string>();
  const visit = (node: Node | Record<string, Node>) => {
    const action = (node as Node)['~orpc']?.meta.audit;
    if (action) actions.add(action);
    else if (!(node as Node)['~orpc']) for (const each of Object.values(node)) visit(each as Node);
  };
  visit(contract as unknown as Record<string, Node>);
  // Acts of the application itself.
  for (const own of [
    'approvals.request',
    'backup.complete',
    'backup.drill-complete',
    'backup.prune',
    'backup.verify-complete',
    'cases.create-personal',
    'cases.prove-removal',
    'chat.recover',
    'documents.read',
    'identity.adopt-directory-password',
    'identity.idle-sign-out',
    'identity.sign-in',
    'keys.rotated',
    'keys.unrecorded-change',
    'runs.finish',
    'system.clock-step',
    'system.process-ended',
    'system.process-restarted',
    'vault.unclean-stop',
    'vault.accept-older',
    'vault.check',
    'vault.restore',
  ])
    actions.add(own);
  expect([...roomMaking].filter((action) => !actions.has(action))).toEqual([]);
});

test('the ballast is given up in parts, for work that makes room only', async () => {
  const folder = temporaryFolder();
  const space = new Space(folder, nothing);
  await space.refill();
  const whole = 64 * 1024 * 1024;
  expect(space.state().ballastBytes).toBe(whole);
  const failing = (times: number) => {
    let left = times;
    return () => {
      left -= 1;
      if (left >= 0) throw full();
      return 'written';
    };
  };
  expect(codeOf(() => space.transact('documents.import', failing(1)))).toBe('vault/disk-full');
  expect(space.state().ballastBytes).toBe(whole);
  // Twice as much each time that it does not do.
  const step = 64 * 1024;
  expect(space.transact('documents.remove', failing(1))).toBe('written');
  expect(space.state().ballastBytes).toBe(whole - step);
  expect(space.transact('documents.remove', failing(3))).toBe('written');
  expect(space.state().ballastBytes).toBe(whole - step - 7 * step);
  // A refusal of our own is no full disk.
  const huge = () => space.admit(Number.MAX_SAFE_INTEGER);
  expect(codeOf(() => space.rescued(huge))).toBe('vault/disk-full');
  expect(space.state().ballastBytes).toBe(whole - step - 7 * step);
  expect(codeOf(() => space.transact('documents.remove', failing(100)))).toBe('vault/disk-full');
  expect(space.state().ballastBytes).toBe(0);
  await space.refill();
  expect(space.state().ballastBytes).toBe(whole);
});

test('the quota counts database, blobs and models, and lets go what makes room', () => {
  const folder = temporaryFolder();
  let blobBytes = 0;
  const space = new Space(folder, () => ({ blobBytes, blobCount: 1 }));
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models', 'm.gguf'), randomBytes(1_000));
  writeFileSync(join(folder, 'vault.db'), randomBytes(2_000));
  let quota = 0;
  space.limitBy(() => quota);
  expect(codeOf(() => space.admit(1_000_000))).toBe('done');
  quota = 10_000;
  expect(codeOf(() => space.admit(7_000))).toBe('done');
  expect(codeOf(() => space.admit(7_001))).toBe('vault/quota-reached');
  blobBytes = 7_001;
  expect(codeOf(() => space.transact('chat.send', () => 1))).toBe('vault/quota-reached');
  expect(codeOf(() => space.transact('documents.remove', () => 1))).toBe('done');
  expect(space.state()).toMatchObject({ databaseBytes: 2_000, blobBytes: 7_001, modelBytes: 1_000, quotaBytes: 10_000 });
});

test('a full disk never wedges the vault', async (context) => {
  const disk = smallDisk(24);
  if (!disk) return context.skip();
  const folder = join(disk, 'vault');
  mkdirSync(folder);
  const key = randomBytes(32);
  const open = (mode: 'create' | 'open') => {
    const storage = openStorage(folder, 'v1', ringOf(Buffer.from(key)), mode);
    if (mode === 'create') {
      storage.db.prepare("INSERT INTO vault (one, vault_id, created_at) VALUES (1, 'v1', 0)").run();
      createSigningKeys(storage);
    }
    const audit = new AuditLog(storage);
    storage.freshness.begin(audit);
    const sink = { append: audit.append.bind(audit), transact: storage.space.transact.bind(storage.space) };
    const act = (action: string) => new AuditedAct(storage.db, sink, systemActor, action);
    const write = (action: string) =>
      act(action).commit({ subject: '' }, (db) =>
        db.prepare('INSERT INTO secrets VALUES (?, ?)').run(String(Math.random()), randomBytes(100_000)),
      );
    const remove = (blob: string) => act('documents.remove').commit({ subject: blob }, () => storage.blobs.remove(blob));
    return { storage, audit, write, remove };
  };
  const { storage, audit, write } = open('create');
  await storage.space.refill();
  expect(storage.space.state().ballastBytes).toBe(1.5 * 1024 * 1024);
  const blobs: string[] = [];
  // Until the vault says that it is full; then somebody else takes what is left.
  expect(codeOf(() => Array.from({ length: 40 }, () => blobs.push(storage.blobs.put(randomBytes(1_000_000)))))).toBe('vault/disk-full');
  expect(blobs.length).toBeGreaterThan(10);
  const other = join(disk, 'other');
  expect(codeOf(() => writeFileSync(other, Buffer.alloc(24 * 1024 * 1024)))).toBe('vault/disk-full');
  expect(storage.space.state().freeBytes).toBe(0);
  const size = audit.head().size;
  expect(codeOf(() => write('documents.import'))).toBe('vault/disk-full');
  expect(codeOf(() => storage.blobs.put(randomBytes(10)))).toBe('vault/disk-full');
  // Whatever nobody calls necessary is ordinary, an act or not.
  const { db } = storage;
  const alone = () => db.prepare('INSERT INTO secrets VALUES (?, ?)').run(String(Math.random()), randomBytes(10));
  expect(codeOf(alone)).toBe('vault/disk-full');
  expect(codeOf(() => db.transaction(alone).immediate())).toBe('vault/disk-full');
  expect(codeOf(() => db.transaction(() => db.prepare('SELECT 1').get()).immediate())).toBe('done');
  expect(codeOf(() => necessarily(db, alone))).toBe('done');
  expect(audit.head().size).toBe(size);
  expect(storage.blobs.get(blobs[0] ?? '')).toHaveLength(1_000_000);

  // What makes room works almost to the end, closing too.
  let written = 0;
  while (storage.space.state().ballastBytes > 512 * 1024) {
    write('documents.remove');
    written += 1;
  }
  expect(written).toBeGreaterThan(5);
  storage.close();
  const again = open('open');
  expect(again.audit.head().size).toBe(size + written);
  expect((await again.audit.verify(again.storage.freshness.mark())).ok).toBe(true);
  expect(codeOf(() => again.write('documents.import'))).toBe('vault/disk-full');
  for (const blob of blobs.slice(0, 8)) again.remove(blob);
  await again.storage.space.refill();
  expect(codeOf(() => again.write('documents.import'))).toBe('done');
  expect(statSync(join(folder, 'ballast')).size).toBe(1.5 * 1024 * 1024);
  again.storage.close();
});

test('what was deleted from the database counts as room under the quota: new rows take its pages', () => {
  const folder = temporaryFolder();
  const mib = 1024 * 1024;
  writeFileSync(join(folder, 'vault.db'), Buffer.alloc(mib));
  let unused = 0;
  const space = new Space(folder, () => ({ ...nothing(), unusedBytes: unused }));
  space.limitBy(() => mib);
  expect(() => space.admit(1)).toThrow(expect.objectContaining({ code: 'vault/quota-reached' }));
  unused = mib / 2;
  space.admit(1);
  expect(space.state().databaseBytes).toBe(mib);

  const { db, close } = openStorage(temporaryFolder(), 'v1', ringOf(randomBytes(32)), 'create');
  const before = unusedBytes(db);
  db.exec('CREATE TABLE filler (text TEXT); INSERT INTO filler VALUES (hex(randomblob(1000000))); DELETE FROM filler');
  expect(unusedBytes(db)).toBeGreaterThan(before + 1_900_000);
  close();
});
