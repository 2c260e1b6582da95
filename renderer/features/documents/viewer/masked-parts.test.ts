import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskedParts } from './masked-parts.ts';

it('cuts a text at its findings and leaves nothing of them unmasked', () => {
  const text = 'id 910000190001010011, call 13900000417.';
  expect(
    maskedParts(text, [
      { start: 28, end: 39, masked: '139****0417' },
      { start: 3, end: 21, masked: '910000********0011' },
      { start: 10, end: 15, masked: 'inside another' },
    ]),
  ).toEqual([
    { text: 'id ' },
    { text: '910000190001010011', masked: '910000********0011' },
    { text: ', call ' },
    { text: '13900000417', masked: '139****0417' },
    { text: '.' },
  ]);
});

it('never loses or repeats a character, whatever the findings', () => {
  const finding = fc.record({ start: fc.nat(40), end: fc.nat(40), masked: fc.string() });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(finding), (text, findings) => {
      expect(
        maskedParts(text, findings)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
