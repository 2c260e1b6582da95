import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase } from './database.ts';
import { pageCacheKiB } from './page-cache.ts';

test('the database keeps a share of the machine’s memory for its pages, within bounds', () => {
  const gib = 1024 ** 3;
  expect([2, 4, 6, 8, 16, 512].map((memory) => pageCacheKiB(memory * gib) / 1024)).toEqual([128, 128, 192, 256, 512, 512]);
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32), 'create');
  expect(db.pragma('cache_size', { simple: true })).toBe(-pageCacheKiB());
  db.close();
});
