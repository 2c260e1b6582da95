import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../contract/base.ts';
import { canonicalJson } from './canonical-json.ts';

test('the example of RFC 8785, section 3.2.3', () => {
  const sorted = canonicalJson(
    JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    ),
  );
  expect(Object.values(JSON.parse(sorted, (_, value: unknown) => value) as object)).toHaveLength(7);
  expect([...sorted.matchAll(/":"(?<value>[^"]+)"/g)].map(({ groups }) => groups?.['value'])).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
  expect(
    canonicalJson({
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }),
  ).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test('any JSON keeps its value, and the order of members does not matter', () => {
  const value = fc.jsonValue().filter((json) => JSON.stringify(json).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(json)));
  fc.assert(
    fc.property(value, (json) => {
      const text = canonicalJson(json as Json);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)));
      expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text);
    }),
  );
});

test('what I-JSON cannot say is refused', () => {
  const bad: unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, [undefined], { a: undefined }, new Date(), 1n];
  for (const value of bad) expect(() => canonicalJson(value as Json)).toThrow('canonical JSON');
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).toReversed();
  return Object.defineProperties(
    {},
    Object.fromEntries(
      members.map(([name, member]) => [name, { value: reversed(member), enumerable: true, writable: true, configurable: true }]),
    ),
  ) as Json;
}
