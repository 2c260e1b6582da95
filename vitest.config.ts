import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/longest-first.ts';

export default defineConfig({
  test: {
    include: ['electron/**/*.test.ts', 'build/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Tests wait a good part of their time, for disks and other processes.
    maxWorkers: Math.min(6, availableParallelism() + 1),
    sequence: { sequencer: LongestFirst },
    // What commands remember of vaults outside them.
    env: { XDG_STATE_HOME: join(tmpdir(), 'redoubt-test-state') },
  },
});
