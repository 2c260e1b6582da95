import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OldPrefix, type LeafTimes } from './old-prefix.ts';

const dayMs = 86_400_000;
const endOf = (leaves: readonly LeafTimes[], cutoff: number) => {
  const prefix = new OldPrefix(cutoff);
  for (const leaf of leaves) if (!prefix.add(leaf)) break;
  return prefix.end();
};

/** Leaves of several boots, each with how long after the one before it was written, and how wrong the wall clock was then. */
const boots = fc.array(
  fc.array(fc.record({ after: fc.integer({ min: 0, max: 20 * dayMs }), wrong: fc.integer({ min: -900 * dayMs, max: 4000 * dayMs }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  { minLength: 1, maxLength: 6 },
);

test('no leaf is taken for older than it is, however wrong the clock was, if it was right again before the machine stopped', () => {
  fc.assert(
    fc.property(boots, fc.integer({ min: 0, max: 500 * dayMs }), (all, cutoff) => {
      let now = 0;
      const written: (LeafTimes & { really: number })[] = [];
      for (const [boot, leaves] of all.entries()) {
        const startedAt = now;
        for (const [index, { after, wrong }] of leaves.entries()) {
          now += after;
          const at = index === leaves.length - 1 ? now : now + wrong;
          written.push({ sequence: written.length, at, uptimeMs: now - startedAt + 5, boot: String(boot), really: now });
        }
        now += dayMs;
      }
      const end = endOf(written, cutoff);
      for (const leaf of written.slice(0, end)) expect(leaf.really).toBeLessThanOrEqual(cutoff);
    }),
  );
});

test('with a right clock everything that is old enough is found, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 * dayMs }), { maxLength: 40 }),
      fc.integer({ min: 0, max: 200 * dayMs }),
      (gaps, cutoff) => {
        let at = 0;
        const leaves = gaps.map((gap, sequence) => {
          at += gap;
          return { sequence, at, uptimeMs: at, boot: String(Math.floor(sequence / 7)) };
        });
        expect(endOf(leaves, cutoff)).toBe(leaves.filter((leaf) => leaf.at <= cutoff).length);
      },
    ),
  );
});
