/** How 32 weights are stored. Source: `ggml-common.h` and `quantize_row_*_ref` in `ggml-quants.c`. */
export type WeightType = 'f16' | 'q8_0' | 'q4_0';

export const blockLength = 32;
/** `id`: the type's number in GGUF files; `fileType`: the number of `general.file_type`. */
export const weightTypes: Readonly<Record<WeightType, { id: number; fileType: number; blockBytes: number }>> = {
  f16: { id: 1, fileType: 1, blockBytes: 64 },
  q8_0: { id: 8, fileType: 7, blockBytes: 34 },
  q4_0: { id: 2, fileType: 2, blockBytes: 18 },
};

/** Writes 32 weights as one block of `type` at byte `at`. */
export function writeBlock(type: WeightType, weights: Float32Array, out: Buffer, at: number): void {
  if (type === 'f16') {
    for (const [i, weight] of weights.entries()) out.writeUInt16LE(toHalf(weight), at + 2 * i);
    return;
  }
  let extreme = 0;
  for (const weight of weights) if (Math.abs(weight) > Math.abs(extreme)) extreme = weight;
  const scale = type === 'q8_0' ? Math.abs(extreme) / 127 : extreme / -8;
  const inverse = scale === 0 ? 0 : 1 / scale;
  out.writeUInt16LE(toHalf(scale), at);
  const weight = (i: number) => weights[i] ?? 0;
  if (type === 'q8_0') {
    for (let i = 0; i < blockLength; i++) out.writeInt8(Math.round(weight(i) * inverse), at + 2 + i);
    return;
  }
  const nibble = (i: number) => Math.min(15, Math.trunc(weight(i) * inverse + 8.5));
  for (let i = 0; i < blockLength / 2; i++) out.writeUInt8(nibble(i) | (nibble(i + blockLength / 2) << 4), at + 2 + i);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16-bit float nearest to `value`; halves go to the even one, what is too small to zero (no subnormal numbers are needed here). */
export function toHalf(value: number): number {
  float[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 127 + 15;
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7c00;
  const rounded = (exponent << 23) | (word & 0x7fffff);
  return sign | ((rounded + 0xfff + ((rounded >>> 13) & 1)) >>> 13);
}
