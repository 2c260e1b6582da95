import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toHalf, weightTypes, writeBlock, type WeightType } from './blocks.ts';

const half = (bits: number) => {
  const exponent = (bits >> 10) & 31;
  const size = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
};

/** What the library reads from a block: `dequantize_row_*` of ggml. */
function readBlock(type: WeightType, block: Buffer): number[] {
  const scale = half(block.readUInt16LE(0));
  return Array.from({ length: 32 }, (_, i) => {
    if (type === 'f16') return half(block.readUInt16LE(2 * i));
    if (type === 'q8_0') return block.readInt8(2 + i) * scale;
    const pair = block.readUInt8(2 + (i % 16));
    return ((i < 16 ? pair & 15 : pair >> 4) - 8) * scale;
  });
}

it('writes blocks that the library reads as the same weights, up to the rounding of their type', () => {
  const weight = fc.float({ min: Math.fround(-0.2), max: Math.fround(0.2), noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom<WeightType[]>('f16', 'q8_0', 'q4_0'),
      fc.array(weight, { minLength: 31, maxLength: 31 }),
      (type, others) => {
        const weights = [0.2, ...others];
        const block = Buffer.alloc(weightTypes[type].blockBytes);
        writeBlock(type, Float32Array.from(weights), block, 0);
        // The side without the extreme value has only 7 of 8 steps in Q4_0; tiny halves are written as zero.
        const step = { f16: 6.2e-5, q8_0: 0.2 / 127 / 1.9, q4_0: 0.2 / 8 }[type] + 0.2 / 1024;
        for (const [i, value] of readBlock(type, block).entries()) expect(Math.abs(value - (weights[i] ?? 0))).toBeLessThanOrEqual(step);
      },
    ),
  );
  expect([1, -2, 0.333251953125, 65504, 1e9, 1e-9].map(toHalf)).toEqual([0x3c00, 0xc000, 0x3555, 0x7bff, 0x7c00, 0]);
});
