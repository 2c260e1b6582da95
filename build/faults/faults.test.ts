import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { auditSuite } from './audit.ts';
import { clockSuite } from './clock.ts';
import { canMount, diskFullSuite } from './disk-full.ts';
import { drillSuite } from './drill.ts';
import { flipsSuite } from './flips.ts';
import { killSuite } from './kill.ts';
import { migrationSuite } from './migration.ts';
import { rotationSuite } from './rotation.ts';
import { runSuite, seeded, type Suite } from './suite.ts';
import { walSuite } from './wal.ts';

/** A few rounds of each with a seed of today; `npm run faults` does many. */
const suites: readonly [name: string, suite: Suite, rounds: number][] = [
  ['kill', killSuite, 2],
  ['rotation', rotationSuite, 1],
  ['migration', migrationSuite, 3],
  ['wal', walSuite, 4],
  ['flips', flipsSuite, 10],
  ['clock', clockSuite, 2],
  ['drill', drillSuite, 2],
  ['audit', auditSuite, 40],
];
const patience = { timeout: 240_000 };

async function expectNoFailures(name: string, suite: Suite, rounds: number): Promise<void> {
  const { failures, seed } = await runSuite(name, suite, { rounds, seed: randomInt(1_000_000), progress: () => undefined });
  expect({ seed, failures }).toEqual({ seed, failures: [] });
}

test.each(suites)('%s: nothing acknowledged is lost, nothing happens twice, nothing goes unnoticed', patience, expectNoFailures);

test.skipIf(!canMount())('disk-full: a full disk wedges nothing (skipped where this user may not mount a file system)', patience, () =>
  expectNoFailures('disk-full', diskFullSuite, 2),
);

test('the same seed gives the same rounds', () => {
  const draw = () => {
    const random = seeded(42);
    return Array.from({ length: 20 }, () => random.below(1_000));
  };
  expect(draw()).toEqual(draw());
  expect(new Set(draw()).size).toBeGreaterThan(10);
});

test('a suite whose vault loses something fails', async () => {
  const losing: Suite = { defaultRounds: 1, run: async ({ fail }) => fail(0, 'lost') };
  expect((await runSuite('losing', losing, { seed: 1, progress: () => undefined })).failures).toHaveLength(1);
});
