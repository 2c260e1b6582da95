import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatHash, parseHash } from './hash.ts';

const part = fc.string({ minLength: 1, unit: 'grapheme' });

it('reads back every address it writes', () => {
  fc.assert(
    fc.property(part, fc.array(part), fc.dictionary(part, fc.string({ unit: 'grapheme' })), (view, args, query) => {
      expect(parseHash(formatHash(view, args, query))).toEqual({ view, args, query: { ...query } });
    }),
  );
});

it('reads any hash without failing', () => {
  expect(parseHash('')).toEqual({ view: '', args: [], query: {} });
  expect(parseHash('#/documents/%E0%A4%A/2?x=1')).toEqual({ view: 'documents', args: ['%E0%A4%A', '2'], query: { x: '1' } });
  fc.assert(fc.property(fc.string(), (hash) => void parseHash(hash)));
});
