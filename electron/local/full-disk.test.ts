import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const ada = { userName: 'ada', password: 'correct horse battery' };
const mib = 1024 * 1024;

/** A vault on a file system of its own, which a file of somebody else fills; null where this account may not make one. */
async function onSmallDisk(mibs: number) {
  const folder = temporaryFolder();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mibs}m`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    process.stderr.write('Not tested: the vault on a full disk, as this account may not mount a file system.\n');
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', disk]);
  });
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: join(disk, 'vault'), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  let { client, closed } = connectClient(host);
  await client.vault.create({ ...ada, displayName: 'Ada' });
  const other = join(disk, 'other');
  const free = () => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  /** Somebody else takes all room but so many bytes. */
  const leave = (bytes: number) => {
    const piece = Buffer.alloc(64 * 1024);
    while (free() > bytes) appendFileSync(other, piece.subarray(0, Math.min(piece.length, free() - bytes)));
  };
  let files = 0;
  const add = async (bytes: number) => {
    files += 1;
    const path = join(folder, `${files}.txt`);
    writeFileSync(path, `Record ${files}\n`.padEnd(bytes, `line ${files} with some words in it\n`));
    const [document] = await client.documents.import({ files: [{ name: `${files}.txt`, source: { kind: 'path', path } }] });
    return document?.id ?? '';
  };
  const statusOf = async (id: string) => {
    const { status, error } = await client.documents.get({ id });
    return `${status} ${error?.code ?? ''}`.trim();
  };
  const lock = async () => {
    await client.vault.lock();
    await closed;
    await host.application.coreReady();
    ({ client, closed } = connectClient(host));
  };
  return { host, disk, call: () => client, lock, other, free, leave, add, statusOf };
}

/** The code of what it throws, or null. */
const refused = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error as { code?: string }).code,
  );

test('a disk that others fill to the last byte locks nobody out, and documents can be removed there', async (context) => {
  const vault = await onSmallDisk(32);
  if (!vault) return context.skip();
  const { call, lock, leave, add, free, disk, statusOf } = vault;
  const first = await add(2 * mib);
  const second = await add(20_000);
  await vi.waitUntil(async () => (await statusOf(second)) === 'ready', { timeout: 30_000 });
  await vi.waitUntil(async () => (await call().vault.storage()).ballastBytes === 2 * mib, { timeout: 30_000 });

  // Whatever the vault gives up, somebody else takes at once; at first that is the room of its log.
  let documents = 2;
  leave(0);
  while (await refused(add(20_000)).then((code) => code === null)) {
    documents += 1;
    leave(0);
  }
  // What is kept for this is used up in the end, as somebody takes every byte of it: a round takes a part.
  for (let round = 0; round < 2; round += 1) {
    leave(0);
    await lock();
    leave(0);
    expect(free()).toBe(0);
    await call().vault.unlock(ada);
    leave(0);
    expect((await call().documents.list({})).total).toBe(documents);
    expect(await refused(add(20_000))).toBe('vault/disk-full');
  }
  leave(0);
  expect(await call().documents.remove({ ids: [first] })).toEqual({ removed: 1 });
  expect((await call().documents.list({})).total).toBe(documents - 1);

  execFileSync('mount', ['-o', 'remount,size=128m', disk]);
  const third = await add(300_000);
  await vi.waitUntil(async () => (await statusOf(third)) === 'ready', { timeout: 30_000 });
  expect(await call().audit.verify()).toMatchObject({ ok: true });
}, 120_000);

test('pages that find no room end their reading, what waits goes on when there is room, and core lives', async (context) => {
  const vault = await onSmallDisk(48);
  if (!vault) return context.skip();
  const { host, call, leave, add, other, disk, statusOf } = vault;
  const pid = host.processes.find(({ name }) => name === 'core')?.pid;
  // What is kept for the ballast, the original, and not enough for its pages.
  leave(4.6 * mib);
  const long = await add(0.4 * mib);
  await vi.waitUntil(async () => (await statusOf(long)) !== 'reading' && (await statusOf(long)) !== 'queued', { timeout: 60_000 });
  expect(await statusOf(long)).toBe('failed vault/disk-full');
  expect(host.processes.find(({ name }) => name === 'core')?.pid).toBe(pid);
  rmSync(other);
  execFileSync('mount', ['-o', 'remount,size=128m', disk]);
  await call().documents.retry({ ids: [long] });
  await vi.waitUntil(async () => (await statusOf(long)) === 'ready', { timeout: 60_000 });
}, 180_000);
