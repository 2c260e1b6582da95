import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Anchor } from './anchor.ts';

test('a mark that cannot be written now is written later, and hinders no closing', async () => {
  const file = join(temporaryFolder(), 'anchor.json');
  mkdirSync(`${file}.new`);
  const anchor = new Anchor(file, Buffer.alloc(32, 1));
  onTestFinished(() => anchor.close());
  anchor.note({ size: 1, rootHash: 'aa' });
  expect(() => anchor.flush()).toThrow();
  anchor.note({ size: 2, rootHash: 'bb' });
  // The timer of `note` has run out by then, without success.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(existsSync(file)).toBe(false);
  rmdirSync(`${file}.new`);
  await expect.poll(() => anchor.check(2, () => 'bb'), { timeout: 20_000 }).toBe('fresh');
});
