import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { slotPerson } from '../../vault/key-slots.ts';
import { Lockout } from './lockout.ts';

const vaultId = '6f1d6f0e-6d5c-4f0a-9a58-0d7b5a7f3d11';
const wrong = new Error('wrong');
const minute = 60_000;

function setUp() {
  const file = join(temporaryFolder(), 'attempts.json');
  const clock = { at: 1_800_000_000_000, up: 5_000 };
  const open = (): Lockout =>
    new Lockout(
      file,
      () => vaultId,
      (name) => name === slotPerson(vaultId, 'ada'),
      { now: () => clock.at, uptime: () => clock.up },
    );
  const pass = (minutes: number) => {
    clock.at += minutes * minute;
    clock.up += minutes * 60;
  };
  return { file, clock, open, pass };
}

const fail = (lockout: Lockout, name: string) =>
  lockout
    .attempt(
      name,
      (error) => error === wrong,
      () => Promise.reject(wrong),
    )
    .catch((error: unknown) => (error === wrong ? 'wrong' : (error as { code: string }).code));
const succeed = (lockout: Lockout, name: string) =>
  lockout
    .attempt(
      name,
      () => false,
      () => Promise.resolve('in'),
    )
    .catch((error: unknown) => (error as { code: string }).code);

test('five wrong tries keep a name out for thirty minutes, over restarts, known or not', async () => {
  const { open, pass, file } = setUp();
  const first = open();
  for (const name of ['ada', 'nobody']) {
    for (let tries = 0; tries < 3; tries++) expect(await fail(first, name)).toBe('wrong');
    const second = open();
    for (let tries = 0; tries < 2; tries++) expect(await fail(second, name)).toBe('wrong');
    expect(await succeed(open(), name)).toBe('identity/locked-out');
    expect(await succeed(open(), name.toUpperCase())).toBe('identity/locked-out');
    first.lift('someone-else');
  }
  expect(readFileSync(file, 'utf8')).not.toMatch(/ada|nobody/);
  pass(29);
  expect(await succeed(open(), 'ada')).toBe('identity/locked-out');
  pass(1);
  expect(await succeed(open(), 'ada')).toBe('in');
});

test('a success counts from nothing again; what fails otherwise is no wrong try; an administrator lifts', async () => {
  const { open } = setUp();
  const lockout = open();
  for (let round = 0; round < 3; round++) {
    for (let tries = 0; tries < 4; tries++) await fail(lockout, 'ada');
    expect(await succeed(lockout, 'ada')).toBe('in');
  }
  const other = () =>
    lockout.attempt(
      'ada',
      () => false,
      () => Promise.reject(new Error('disk')),
    );
  for (let tries = 0; tries < 9; tries++) await expect(other()).rejects.toThrow('disk');
  for (let tries = 0; tries < 5; tries++) await fail(lockout, 'ada');
  expect(await succeed(lockout, 'ada')).toBe('identity/locked-out');
  lockout.lift('ada');
  expect(await succeed(open(), 'ada')).toBe('in');
});

test('neither setting the clock nor ending the process while a password is tried helps', async () => {
  const { open, clock } = setUp();
  for (let tries = 0; tries < 5; tries++) {
    // The process that began this try is gone before it knows the outcome.
    void open().attempt(
      'ada',
      () => true,
      () => new Promise(() => undefined),
    );
  }
  expect(await succeed(open(), 'ada')).toBe('identity/locked-out');
  const lockedAt = clock.at;
  for (const at of [lockedAt - 365 * 24 * 60 * minute, 0, lockedAt + 365 * 24 * 60 * minute]) {
    clock.at = at;
    expect(await succeed(open(), 'ada'), String(at)).toBe('identity/locked-out');
  }
  // The machine has run for the whole time, whatever its clock says.
  clock.at = 0;
  clock.up += 30 * 60;
  expect(open().lockedUntil('ada')).toBeNull();
});

test('after a restart of the machine the clock decides, or half an hour of running', async () => {
  const { open, clock } = setUp();
  for (let tries = 0; tries < 5; tries++) await fail(open(), 'ada');
  clock.up = 10;
  clock.at += 5 * minute;
  expect(open().lockedUntil('ada')).toBe(clock.at + 30 * minute - 10_000);
  clock.at += 25 * minute;
  expect(open().lockedUntil('ada')).toBeNull();
});

test('what the audit log does not know yet is handed over once, and the file stays small', async () => {
  const { open, file } = setUp();
  const lockout = open();
  await fail(lockout, 'ada');
  await fail(lockout, 'ada');
  expect(await succeed(lockout, 'ada')).toBe('in');
  expect(open().unrecorded()).toMatchObject([{ name: lockout.nameOf('ada'), tries: 2, lockedOut: false }]);
  lockout.noteRecorded(lockout.unrecorded().map(({ name }) => name));
  expect(open().unrecorded()).toEqual([]);
  for (let tries = 0; tries < 5; tries++) await fail(lockout, 'ada');
  for (let index = 0; index < 1100; index++) await fail(lockout, `n${index}`);
  expect(Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { names: object }).names)).toHaveLength(1000);
  expect(open().lockedUntil('ada')).not.toBeNull();
});

test('however many names are tried, the vault file is hardly read for it, and the names of people are kept', async () => {
  const { file } = setUp();
  let asked = 0;
  const isKnown = (name: string) => {
    asked += 1;
    return name === slotPerson(vaultId, 'ada');
  };
  const lockout = new Lockout(file, () => vaultId, isKnown);
  const names = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, count) => {
      const lastAt = count + 1;
      return [slotPerson(vaultId, `name ${count}`), { failures: 1, lastAt, unrecorded: 1, unrecordedSince: lastAt, locked: null }];
    }),
  );
  names[slotPerson(vaultId, 'ada')] = { failures: 4, lastAt: 0, unrecorded: 4, unrecordedSince: 0, locked: null };
  writeFileSync(file, JSON.stringify({ format: 'redoubt-attempts/1', rules: { attempts: 5, minutes: 30 }, names }));
  expect(await fail(lockout, 'one more')).toBe('wrong');
  expect(asked).toBeLessThan(10);
  expect(await fail(lockout, 'ada')).toBe('wrong');
  expect(await fail(lockout, 'ada')).toBe('identity/locked-out');
});

test('a try that fails for another reason forgives none of those made meanwhile', async () => {
  const lockout = setUp().open();
  const other = Promise.withResolvers<never>();
  const slow = lockout.attempt(
    'ada',
    (error) => error === wrong,
    () => other.promise,
  );
  for (let tries = 1; tries <= 3; tries += 1) expect(await fail(lockout, 'ada')).toBe('wrong');
  other.reject(new Error('no token'));
  await expect(slow).rejects.toThrow('no token');
  expect(await fail(lockout, 'ada')).toBe('wrong');
  expect(await fail(lockout, 'ada')).toBe('wrong');
  expect(await fail(lockout, 'ada')).toBe('identity/locked-out');
});
