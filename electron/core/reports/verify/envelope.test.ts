import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../audit/canonical-json.ts';
import { isCanonical } from './envelope.ts';

const slow = (text: string, value: unknown) => {
  try {
    return canonicalJson(value as Parameters<typeof canonicalJson>[0]) === text;
  } catch {
    return 'throws';
  }
};
const fast = (text: string, value: unknown) => {
  try {
    return isCanonical(text, value);
  } catch {
    return 'throws';
  }
};

test('the quick way to tell canonical JSON is right wherever the slow one is', () => {
  const texts = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    fc.jsonValue({ maxDepth: 4 }).map((value) => canonicalJson(value as Parameters<typeof canonicalJson>[0])),
    fc
      .dictionary(fc.oneof(fc.nat(12).map(String), fc.string({ maxLength: 2 })), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((value) => canonicalJson(value)),
    fc.constantFrom(
      '{"b":1,"a":2}',
      '{"10":1,"9":2}',
      '{"9":1,"10":2}',
      '{"a":1,"a":1}',
      '[-0]',
      '[1.0]',
      '[1e2]',
      String.raw`["\ud800"]`,
      String.raw`["\\ud800"]`,
      String.raw`["\u0061"]`,
      ' {}',
      '{}\n',
      '{"":1}',
      '["\u2028"]',
    ),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const value: unknown = JSON.parse(text);
      expect(fast(text, value), text).toBe(slow(text, value));
    }),
    { numRuns: 3000 },
  );
});
