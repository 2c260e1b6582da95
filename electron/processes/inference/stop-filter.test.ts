import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StopFilter } from './stop-filter.ts';

it('shows exactly what comes before the first stop text, however the text is cut into pieces', () => {
  const alphabet = fc.constantFrom('a', 'b', '<', '|', '>', '|>', '<|end|>');
  fc.assert(
    fc.property(fc.array(alphabet), (pieces) => {
      const filter = new StopFilter(['<|end|>', '|>']);
      const shown = pieces.map((piece) => filter.push(piece)).join('') + filter.end();
      const text = pieces.join('');
      const ends = ['<|end|>', '|>'].map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
      expect(ends.length > 0).toBe(filter.stopped);
      if (ends.length === 0) expect(shown).toBe(text);
      else expect(text.startsWith(shown) && shown.length <= Math.max(...ends)).toBe(true);
    }),
  );
});
