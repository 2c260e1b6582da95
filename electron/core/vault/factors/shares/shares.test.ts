import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeShare, encodeShare } from './share-text.ts';
import { joinShares, newShares, readShares } from './shares.ts';

test('any k of n shares give the secret, k − 1 do not', async () => {
  const sets = fc
    .integer({ min: 2, max: 9 })
    .chain((count) =>
      fc.tuple(fc.constant(count), fc.integer({ min: 2, max: count }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }))),
    );
  await fc.assert(
    fc.asyncProperty(sets, async ([count, threshold, random]) => {
      const { texts, secret } = await newShares(randomUUID(), threshold, count);
      const order = texts.map((text) => ({ text, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at);
      const chosen = order.slice(0, threshold).map(({ text }) => text.toLowerCase());
      expect(await joinShares(readShares(chosen))).toEqual(secret);
      const fewer = chosen.slice(1);
      // A share that is typed twice stays one.
      expect(() => readShares([...fewer, fewer[0] ?? ''])).toThrow(expect.objectContaining({ code: 'vault/too-few-shares' }));
      if (fewer.length >= 2) {
        const parts = fewer.map((text) => decodeShare(text)).map((decoded) => (decoded.ok ? decoded.share : null));
        expect(await joinShares(parts.filter((part) => part !== null))).not.toEqual(secret);
      }
    }),
    { numRuns: 40 },
  );
});

test('a share says which slot and number it is, and is read again', () => {
  const share = fc.record({
    slot: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('hex')),
    number: fc.integer({ min: 1, max: 255 }),
    threshold: fc.integer({ min: 2, max: 255 }),
    count: fc.integer({ min: 2, max: 255 }),
    data: fc.uint8Array({ minLength: 33, maxLength: 33 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(share, (each) => {
      expect(decodeShare(encodeShare(each))).toEqual({ ok: true, share: each });
    }),
  );
});

test('shares of different sets, mistyped ones and a recovery code are told apart', async () => {
  const { texts } = await newShares(randomUUID(), 2, 3);
  const other = await newShares(randomUUID(), 2, 3);
  const [one = '', two = ''] = texts;
  expect(() => readShares([one, other.texts[0] ?? ''])).toThrow(
    expect.objectContaining({ code: 'vault/shares-mixed', details: { share: 2 } }),
  );
  const wrong = `${two.slice(0, 6)}U${two.slice(7)}`;
  expect(() => readShares([one, wrong])).toThrow(
    expect.objectContaining({ code: 'vault/share-mistyped', details: { share: 2, group: 2, groups: ['2'] } }),
  );
});
