import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrateCost, costFor } from './calibrate.ts';
import { defaultCost, derivePasswordKey, floorCost, newPasswordFactor } from './kdf.ts';

const work = ({ memory, iterations }: { memory: number; iterations: number }) => memory * iterations;

test('a faster machine derives at a higher cost, within memory and never below the floor', () => {
  const inputs = fc.tuple(fc.double({ min: 1, max: 5000, noNaN: true }), fc.integer({ min: 0, max: 512 * 1024 }));
  fc.assert(
    fc.property(inputs, ([floorMs, memory]) => {
      const cost = costFor(floorMs, memory);
      expect(cost.memory).toBeGreaterThanOrEqual(floorCost.memory);
      expect(cost.memory).toBeLessThanOrEqual(Math.max(floorCost.memory, memory));
      expect(cost.iterations).toBeGreaterThanOrEqual(floorCost.iterations);
      expect(work(cost)).toBeGreaterThanOrEqual(work(costFor(floorMs * 2, memory)));
    }),
  );
  // On a machine on which the floor takes 100 ms, five times its work takes half a second.
  expect(costFor(100, 512 * 1024)).toEqual({ memory: 320 * 1024, iterations: 3, parallelism: 4 });
  // One that seems too slow for the default keeps it as long as that stays below a second.
  expect(costFor(250, 512 * 1024)).toEqual(defaultCost);
  expect(costFor(260, 512 * 1024)).toEqual({ memory: 112 * 1024, iterations: 3, parallelism: 4 });
  expect(costFor(100, 128 * 1024)).toEqual({ memory: 128 * 1024, iterations: 8, parallelism: 4 });
});

test('what was calibrated here is accepted here', async () => {
  const { kdf } = newPasswordFactor(await calibrateCost());
  expect(await derivePasswordKey('password', kdf)).toHaveLength(32);
});
