import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Core } from './core.ts';
import { WorkerLink } from './ipc/worker-link.ts';
import type { HostKind } from './supervision/messages.ts';
import { actorOf, systemActor } from './audit/act.ts';
import { temporaryFolder } from './testing/folder.ts';
import { floorCost } from './vault/kdf.ts';
import { Vault } from './vault/vault.ts';

const credentials = { userName: 'ada', password: 'correct horse battery' };
const resources = fileURLToPath(new URL('../../resources', import.meta.url));

function coreOn(vaultFolder: string, locked: () => void = () => undefined, host: HostKind = 'cli'): Core {
  const workers = {
    inference: new WorkerLink<never>('inference'),
    documents: new WorkerLink<never>('documents'),
  };
  const log = { info: () => undefined, bug: () => undefined };
  const core = new Core({ version: '0', host, vaultFolder, ephemeral: false, resources, kdfCost: floorCost }, workers, log, {
    locked,
    busy: () => undefined,
  });
  onTestFinished(() => core.close());
  return core;
}

async function made() {
  const folder = temporaryFolder();
  const core = coreOn(folder);
  await core.create({ ...credentials, displayName: 'Ada' });
  return { folder, core };
}

/** What a crash leaves: the folder as it is while the vault is open. */
async function crashed(): Promise<string> {
  const { folder } = await made();
  const left = temporaryFolder();
  cpSync(folder, left, { recursive: true });
  return left;
}

test('everybody who closes waits until the vault is closed in order; nobody opens it meanwhile', async () => {
  const { folder, core } = await made();
  const first = core.close();
  await expect(core.unlock({ ...credentials, acceptOlder: false })).rejects.toMatchObject({ code: 'vault/closing' });
  await core.close();
  const { storage } = await new Vault(folder, floorCost).open(credentials.userName, credentials);
  storage.close();
  expect(storage.closedInOrder).toBe(true);
  await first;
});

test('after a lock the process is asked to end, and the vault is closed in order', async () => {
  const folder = temporaryFolder();
  const locked = Promise.withResolvers<void>();
  const core = coreOn(folder, locked.resolve);
  await core.create({ ...credentials, displayName: 'Ada' });
  if (!core.workspace) throw new Error('not open');
  core.lock(core.workspace.systemAct('vault.lock'));
  await locked.promise;
  expect(core.status()).toMatchObject({ state: 'locked' });
  await core.close();
  const { storage } = await new Vault(folder, floorCost).open(credentials.userName, credentials);
  storage.close();
  expect(storage.closedInOrder).toBe(true);
});

test('a machine that sleeps while the vault opens finds it locked', async () => {
  const { folder, core: before } = await made();
  await before.close();
  const locked = Promise.withResolvers<void>();
  const core = coreOn(folder, locked.resolve);
  const unlocking = core.unlock({ ...credentials, acceptOlder: false });
  await core.lockByHost('suspend');
  await unlocking;
  await locked.promise;
  expect(core.status()).toMatchObject({ state: 'locked' });
});

test('a lock that cannot be recorded is told, and locks all the same', async () => {
  const folder = temporaryFolder();
  const locked = Promise.withResolvers<void>();
  const core = coreOn(folder, locked.resolve);
  await core.create({ ...credentials, displayName: 'Ada' });
  const full = new Error('SQLITE_FULL');
  const commit = () => {
    throw full;
  };
  expect(() => core.lock({ actor: { ...systemActor, name: 'ada' }, action: 'vault.lock', commit })).toThrow(full);
  await locked.promise;
  expect(core.status()).toMatchObject({ state: 'locked' });
});

test('files of others among the blobs hinder no opening after a crash', async () => {
  const folder = await crashed();
  writeFileSync(join(folder, 'blobs', '.DS_Store'), 'x');
  mkdirSync(join(folder, 'blobs', 'ab', 'folder'), { recursive: true });
  const core = coreOn(folder);
  expect(await core.unlock({ ...credentials, acceptOlder: false })).toMatchObject({ person: { userName: 'ada' } });
  const stops = (each: Core) => each.workspace?.audit.list({ action: 'vault.unclean-stop', limit: 9 }).entries.length;
  expect(stops(core)).toBe(1);
  await core.close();
  const next = coreOn(folder);
  await next.unlock({ ...credentials, acceptOlder: false });
  expect(stops(next)).toBe(1);
});

test('what a crash left behind is swept although the first opening was refused', async () => {
  const folder = await crashed();
  const orphan = join(folder, 'blobs', 'ab', 'c'.repeat(62));
  mkdirSync(dirname(orphan), { recursive: true });
  writeFileSync(orphan, 'orphan');
  rmSync(join(folder, 'anchor.json'));
  const core = coreOn(folder);
  await expect(core.unlock({ ...credentials, acceptOlder: false })).rejects.toMatchObject({ code: 'vault/older-than-anchor' });
  await core.unlock({ ...credentials, acceptOlder: true });
  expect(existsSync(orphan)).toBe(false);
});

test('a vault whose services do not start stays locked and closed', async () => {
  const { folder, core: before } = await made();
  await before.close();
  const vault = new Vault(folder, floorCost);
  const { storage } = await vault.open(credentials.userName, credentials);
  storage.db.exec('DROP TABLE messages');
  storage.close();
  const core = coreOn(folder);
  await expect(core.unlock({ ...credentials, acceptOlder: false })).rejects.toThrow();
  expect(core.status()).toMatchObject({ state: 'locked' });
  const again = await vault.open(credentials.userName, credentials);
  again.storage.close();
});

test('who opens an older vault is on record', async () => {
  const { folder, core } = await made();
  const old = temporaryFolder();
  await core.close();
  cpSync(folder, old, { recursive: true });
  const second = coreOn(folder);
  await second.unlock({ ...credentials, acceptOlder: false });
  await second.close();
  cpSync(join(folder, 'anchor.json'), join(old, 'anchor.json'));
  const third = coreOn(old);
  await third.unlock({ ...credentials, acceptOlder: true });
  expect(third.workspace?.audit.list({ search: 'accept-older', limit: 10 }).entries).toMatchObject([
    { actor: 'ada', action: 'vault.accept-older' },
  ]);
});

test('nobody there for five minutes: the session ends, the vault is locked, and both are on record; activity keeps it open', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = temporaryFolder();
  const locked = vi.fn();
  const core = coreOn(folder, locked, 'local');
  const { token } = await core.create({ ...credentials, displayName: 'Ada' });
  const sessions = core.workspace?.identity.sessions;
  for (let minutes = 0; minutes < 12; minutes += 4) {
    vi.advanceTimersByTime(4 * 60_000);
    sessions?.touch(token);
  }
  expect(sessions?.find(token)).not.toBeNull();
  vi.advanceTimersByTime(5 * 60_000 + 10_000);
  expect(sessions?.find(token)).toBeNull();
  await vi.waitFor(() => expect(locked).toHaveBeenCalledOnce(), { timeout: 20_000 });
  await core.close();
  vi.useRealTimers();

  const next = coreOn(folder);
  await next.unlock({ ...credentials, acceptOlder: false });
  const { entries } = next.workspace?.audit.list({ search: '', limit: 20 }) ?? { entries: [] };
  expect(entries).toContainEqual(expect.objectContaining({ action: 'identity.idle-sign-out', actor: 'system' }));
  expect(entries).toContainEqual(expect.objectContaining({ action: 'vault.lock', details: { reason: 'idle' } }));
});

test('who is refused after all does not take an older vault.json for granted on behalf of the next one', async () => {
  const { folder, core } = await made();
  const { act, accounts } = core.workspace ?? {};
  if (!act || !accounts) throw new Error('not open');
  const by = (action: string) => act({ ...systemActor, name: 'test' }, action);
  const bob = { userName: 'bob', password: 'an old phrase of his' };
  const { id } = await accounts.create(by('identity.create-person'), { ...bob, displayName: 'Bob', role: 'analyst' });
  const file = join(folder, 'vault.json');
  const older = readFileSync(file);
  await accounts.resetPassword(by('identity.reset-password'), id, 'a new phrase of his');
  accounts.setStatus(by('identity.set-person-status'), id, 'disabled');
  await core.close();
  writeFileSync(file, older);

  const next = coreOn(folder);
  await expect(next.unlock({ ...bob, acceptOlder: true })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  const warned = { code: 'vault/older-than-anchor', details: { verdict: 'older-slots' } };
  await expect(next.unlock({ ...credentials, acceptOlder: false })).rejects.toMatchObject(warned);
  await next.unlock({ ...credentials, acceptOlder: true });
  const found = next.workspace?.audit.list({ search: 'accept-older', before: Number.MAX_SAFE_INTEGER, limit: 9 }).entries;
  expect(found).toMatchObject([{ action: 'vault.accept-older', details: { verdict: 'older-slots' } }]);
  await next.close();
  await coreOn(folder).unlock({ ...credentials, acceptOlder: false });
});

test('a key slot that a kill left without its leaf is told of once, at the next opening', async () => {
  const { folder, core } = await made();
  await core.close();
  const vault = new Vault(folder, floorCost);
  const { storage } = await vault.open(credentials.userName, credentials);
  const slot = await vault.preparePassword(storage, credentials.userName, 'a newer phrase of hers');
  const kill = new Error('killed');
  // The transaction of the change is gone, vault.json stays.
  const change = storage.db.transaction(() => {
    vault.putPasswordSlot(storage, slot);
    throw kill;
  });
  expect(() => change()).toThrow(kill);
  storage.close();

  const unrecorded = (each: Core) => each.workspace?.audit.list({ search: 'unrecorded-change', limit: 9 }).entries;
  const next = coreOn(folder);
  await next.unlock({ ...credentials, password: 'a newer phrase of hers', acceptOlder: false });
  expect(unrecorded(next)).toMatchObject([{ actor: 'system', action: 'keys.unrecorded-change', details: { generation: 2 } }]);
  await next.close();
  const later = coreOn(folder);
  await later.unlock({ ...credentials, password: 'a newer phrase of hers', acceptOlder: false });
  expect(unrecorded(later)).toHaveLength(1);
});

test('a vault that has reached its quota is opened all the same after a crash in the middle of an answer, and by somebody new', async () => {
  const { folder, core } = await made();
  const { act, cases, chat, identity, policies, systemAct } = core.workspace ?? {};
  const person = identity?.active(credentials.userName);
  if (!act || !cases || !chat || !policies || !systemAct || !person) throw new Error('not open');
  const by = (action: string) => act(actorOf(person), action);
  const { id } = chat.create(by('chat.create'), person.id, cases.scopeOf(person).target(), 'x');
  systemAct('chat.send').commit({ subject: id }, (db) =>
    db
      .prepare(
        `INSERT INTO messages (id, conversation_id, position, role, text, format, state, created_at) VALUES ('m', ?, 0, 'assistant', '', 'plain', 'streaming', 1)`,
      )
      .run(id),
  );
  const late = await core.workspace?.accounts.create(by('identity.create-person'), {
    userName: 'late',
    displayName: 'Late',
    role: 'analyst',
    password: credentials.password,
  });
  const { retention: _retention, ...rules } = policies.current;
  policies.set(by('policies.set'), { ...rules, quotaBytes: 1 });
  // Who came last gets a personal case all the same, without which no call would be possible.
  if (!late) throw new Error('not open');
  expect(cases.list({ scope: cases.scopeOf(late), administers: false }, false)).toMatchObject([{ personal: true }]);
  await core.close();
  const next = coreOn(folder);
  await next.unlock({ ...credentials, acceptOlder: false });
  expect(next.workspace?.chat.get(person.id, id).messages).toMatchObject([{ state: 'failed' }]);
});
