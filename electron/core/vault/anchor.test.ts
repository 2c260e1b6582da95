import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Anchor, type Standing } from './anchor.ts';
import { compare, type DatabaseState } from './anchor/compare.ts';
import type { AnchorMark } from './anchor/mark.ts';
import { slotBytes } from './anchor/slot-file.ts';

const key = () => Buffer.alloc(32, 1);
const at = (commits: number): Standing => ({ commits, size: commits, rootHash: `root-${commits}` });
const database = (commits: number, openSince: number | null = null, pages: string | null = null): DatabaseState => ({
  ...at(commits),
  rootAt: (size) => `root-${size}`,
  openSince,
  pages,
});

function anchors(...files: string[]): Anchor {
  const [file = '', outside] = files;
  const places = [{ place: 'vault' as const, file }, ...(outside ? [{ place: 'outside' as const, file: outside }] : [])];
  const anchor = new Anchor({ vaultId: 'v', key: key(), places });
  onTestFinished(() => anchor.close());
  return anchor;
}

test('the newest mark is durable when the wait for it ends, however many wait together', async () => {
  const file = join(temporaryFolder(), 'anchor.json');
  const anchor = anchors(file);
  anchor.begin(at(1), 5);
  const waits = [];
  for (let commits = 2; commits <= 50; commits += 1) {
    anchor.note(at(commits));
    waits.push(anchor.durable());
  }
  await Promise.all(waits);
  expect(anchors(file).read()).toMatchObject({ ...at(50), openSince: 5 });
  anchor.end('digest');
  anchor.close();
  const closed = anchors(file);
  expect(closed.assess(database(50, null, 'digest')).decisive).toMatchObject({ verdict: 'fresh' });
  expect(closed.assess(database(50, null, 'other')).decisive).toMatchObject({ verdict: 'swapped-pages' });
  expect(readFileSync(file)).toHaveLength(2 * slotBytes);
});

test('a mark that cannot be written now hinders nobody and is written later', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'taken', 'anchor.json');
  writeFileSync(join(folder, 'taken'), '');
  const anchor = anchors(file);
  anchor.note(at(1));
  await anchor.durable();
  expect(anchors(file).read()).toBeNull();
  rmSync(join(folder, 'taken'));
  mkdirSync(join(folder, 'taken'));
  await expect.poll(() => anchors(file).read(), { timeout: 20_000 }).toMatchObject(at(1));
});

test('a place outside that cannot be written keeps nobody out of the vault, whose own marks go on', async () => {
  const folder = temporaryFolder();
  const [file, outside] = [join(folder, 'anchor.json'), join(folder, 'taken', 'outside.json')];
  writeFileSync(join(folder, 'taken'), '');
  const anchor = anchors(file, outside);
  anchor.begin(at(1), 5);
  anchor.note(at(2));
  await anchor.durable();
  anchor.end('digest');
  anchor.close();
  expect(anchors(file, outside).assess(database(2, null, 'digest')).decisive).toMatchObject({ place: 'vault', verdict: 'fresh' });
  expect(() => anchors(outside).begin(at(1), 5)).toThrow();
});

test('whatever happens to the file, it yields a mark that was written, or none', () => {
  const file = join(temporaryFolder(), 'anchor.json');
  const anchor = anchors(file);
  for (let commits = 1; commits <= 3; commits += 1) {
    anchor.note(at(commits));
    anchor.settle();
  }
  const whole = readFileSync(file);
  const states = [2, 3].map(at);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (place, change, cut) => {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ change;
      writeFileSync(file, bytes);
      if (cut) truncateSync(file, place);
      const found = anchors(file).read();
      expect(found === null || states.some(({ commits, rootHash }) => found.commits === commits && found.rootHash === rootHash)).toBe(true);
      if (!cut) expect(found).not.toBeNull();
    }),
    { numRuns: 500 },
  );
  // Sealed for another vault, or under another key, it is nobody's.
  writeFileSync(file, whole);
  const places = [{ place: 'vault' as const, file }];
  expect(new Anchor({ vaultId: 'w', key: key(), places }).read()).toBeNull();
  expect(new Anchor({ vaultId: 'v', key: Buffer.alloc(32, 2), places }).read()).toBeNull();
});

test('every way in which a database can be behind has its name', () => {
  const mark = (change: Partial<AnchorMark>): AnchorMark => {
    return { vaultId: 'v', sequence: 1, ...at(10), at: 0, openSince: null, pages: 'p', ...change };
  };
  const cases: [Partial<AnchorMark>, DatabaseState, string][] = [
    [{}, database(10, null, 'p'), 'fresh'],
    [{}, database(12, null, 'q'), 'fresh'],
    [{ openSince: 7 }, database(10, 7), 'fresh'],
    [{ openSince: 7 }, database(11, 7), 'fresh'],
    [{ openSince: 7 }, database(10), 'fresh'],
    [{ openSince: 7 }, database(9, 7), 'lost-tail'],
    [{ openSince: 7 }, database(9, 6), 'older'],
    [{ openSince: 7 }, database(9), 'older'],
    [{}, database(9, 7), 'older'],
    [{ size: 9, rootHash: 'root-9' }, database(9), 'older'],
    [{ rootHash: 'other' }, database(12), 'forked'],
    [{}, database(10, null, 'q'), 'swapped-pages'],
    [{}, database(10, 7), 'swapped-pages'],
  ];
  for (const [change, now, verdict] of cases) expect([change, compare(mark(change), now)]).toEqual([change, verdict]);
});

test('the place outside knows what an older copy of the whole folder does not; its absence proves nothing', () => {
  const folder = temporaryFolder();
  const [beside, outside] = [join(folder, 'vault', 'anchor.json'), join(folder, 'state', 'v.json')];
  const anchor = anchors(beside, outside);
  anchor.begin(at(1), 3);
  const old = readFileSync(beside);
  anchor.note(at(8));
  anchor.close();
  writeFileSync(beside, old);
  expect(anchors(beside, outside).assess(database(1))).toMatchObject({
    decisive: { verdict: 'older', place: 'outside', mark: at(8) },
    places: [{ verdict: 'fresh' }, { verdict: 'older' }],
  });
  rmSync(outside);
  expect(anchors(beside, outside).assess(database(1)).decisive).toMatchObject({ verdict: 'fresh', place: 'vault' });
  rmSync(beside);
  expect(anchors(beside, outside).assess(database(1)).decisive).toMatchObject({ verdict: 'missing', mark: null });
  writeFileSync(beside, 'x');
  expect(anchors(beside).assess(database(1)).decisive).toMatchObject({ verdict: 'damaged' });
});
