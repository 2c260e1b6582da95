import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { ringOf, type KeyRing } from '../key-ring.ts';
import { openStorage } from '../open-vault.ts';
import { readVaultFile, vaultPaths } from '../vault-file.ts';
import { fixturePassword, openRotation } from './rotation.fixture.ts';

type Opened = Awaited<ReturnType<typeof openRotation>>;

const copyOf = (ring: KeyRing) => ringOf(Buffer.from(ring.keys.get(ring.current) ?? ''), ring.current);

function expectAllReadable({ stored, storage }: Opened): string[] {
  const rows = stored();
  for (const { blob, start } of rows) expect(Buffer.from(storage.blobs.get(blob)).subarray(0, 16).equals(start)).toBe(true);
  return rows.map(({ blob }) => blob);
}

test('after a rotation everything is there under the same ids, and the old key opens nothing', async () => {
  const folder = temporaryFolder();
  const opened = await openRotation(folder);
  const { vault, storage, rotation, systemAct, audit } = opened;
  const blobs = [0, 10, 3_000_000].map((size) => opened.store(size));
  const old = copyOf(storage.ring);
  const before = readFileSync(vaultPaths(folder).file);

  expect(rotation.state).toMatchObject({ epoch: 1, due: false, running: null });
  expect(rotation.begin(systemAct('keys.rotate'))).toMatchObject({ epoch: 1, running: { stage: 'blobs', total: 3 } });
  expect(() => rotation.begin(systemAct('keys.rotate'))).toThrow(expect.objectContaining({ code: 'vault/rotation-running' }));
  const duringRotation = opened.store(100);
  const end = await opened.settled();
  expect(end).toMatchObject({ epoch: 2, due: false, running: null, problem: null });
  expect(opened.busy).toHaveLength(1);
  expect(expectAllReadable(opened).sort()).toEqual([...blobs, duringRotation].sort());
  expect(audit.list({ search: 'keys.rotat', limit: 10 }).entries.map(({ action }) => action)).toEqual(['keys.rotated', 'keys.rotate']);
  // The connection is the one from before, and still works as it should.
  expect(opened.store(10)).toHaveLength(64);
  expect([storage.db.pragma('journal_mode', { simple: true }), storage.db.pragma('locking_mode', { simple: true })]).toEqual([
    'wal',
    'exclusive',
  ]);
  await opened.close();

  const { vaultId } = readVaultFile(folder) ?? { vaultId: '' };
  const stolen = join(temporaryFolder(), 'stolen');
  cpSync(folder, stolen, { recursive: true });
  expect(() => openStorage(stolen, vaultId, copyOf(old), 'open')).toThrow(expect.objectContaining({ code: 'vault/damaged' }));
  expect(Object.keys(vault.existing().slots[0]?.sealed ?? {})).toEqual(['2']);
  const again = await openRotation(folder);
  expectAllReadable(again);
  expect(again.rotation.state).toMatchObject({ epoch: 2, running: null });
  // A vault.json from before holds the old key only.
  expect(JSON.parse(before.toString())).toMatchObject({ epoch: 1, rotation: null });
  await again.close();
});

test('the policy says when the next rotation is due', async () => {
  const opened = await openRotation(temporaryFolder());
  const { dueAt, lastRotatedAt } = opened.rotation.state;
  expect((dueAt ?? 0) - lastRotatedAt).toBe(90 * 86_400_000);
  await opened.close();
});

/** Runs a process that rotates; kills it (signal 9) `after` milliseconds from its first line. */
async function lifetime(folder: string, after: number): Promise<{ stored: string[]; finished: string | null }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rotation-child.fixture.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ready = new Promise<void>((resolve) => child.stdout.on('data', (data: Buffer) => ((output += data.toString()), resolve())));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await Promise.race([ready, ended]);
  await Promise.race([delay(after), ended]);
  child.kill('SIGKILL');
  await ended;
  const stored = [...output.matchAll(/^stored ([0-9a-f]{64})$/gm)].map((found) => found[1] ?? '');
  return { stored, finished: /^finished (.*)$/m.exec(output)?.[1] ?? null };
}

test('killed with signal 9 at random points, a rotation goes on until one key opens everything', async () => {
  const folder = temporaryFolder();
  const opened = await openRotation(folder);
  for (let index = 0; index < 60; index += 1) opened.store(index * 5_000);
  // Large enough for some of the kills to hit while the pages are being written.
  for (let index = 0; index < 12; index += 1)
    opened.storage.db.prepare('INSERT INTO secrets (name, value) VALUES (?, ?)').run(`ballast ${index}`, randomBytes(1_000_000));
  const first = copyOf(opened.storage.ring);
  const acknowledged = opened.stored().map(({ blob }) => blob);
  await opened.close();

  let kills = 0;
  while (kills < 5) {
    const { stored, finished } = await lifetime(folder, Math.random() * 900);
    acknowledged.push(...stored);
    if (finished === null) kills += 1;
    else expect(finished).toMatch(/ true$/);
  }
  const last = await lifetime(folder, 60_000);
  acknowledged.push(...last.stored);
  expect(last.finished).toBe(`${readVaultFile(folder)?.epoch} true`);

  const { vaultId } = readVaultFile(folder) ?? { vaultId: '' };
  const stolen = join(temporaryFolder(), 'stolen');
  cpSync(folder, stolen, { recursive: true });
  expect(() => openStorage(stolen, vaultId, first, 'open')).toThrow(expect.objectContaining({ code: 'vault/damaged' }));
  const after = await openRotation(folder);
  expect(after.storage.ring.keys.size).toBe(1);
  const readable = new Set(expectAllReadable(after));
  expect(acknowledged.filter((blob) => !readable.has(blob))).toEqual([]);
  for (const id of after.storage.blobs.ids()) expect(await after.storage.blobs.verify(id)).toBe('ok');
  await after.vault.check('ada', { password: fixturePassword });
  await after.close();
}, 120_000);
