import { fromHex, toAscii, type Bytes } from './bytes.ts';

export type SignedRange = {
  /** The two parts that are signed: all but the signature itself. */
  readonly signed: readonly [Bytes, Bytes];
  /** Where the `<` of the signature's hex string stands. */
  readonly contentsStart: number;
  /** The signature with the zeros that fill its room. */
  readonly contents: Bytes;
};

/**
 * Finds the one signature of a PDF that covers every byte of the file but itself (ISO 32000-2, 12.8.1), or null. A title may
 * spell what a signature's range looks like; the range itself it cannot give.
 */
export function signedRange(pdf: Bytes): SignedRange | null {
  const text = toAscii(pdf);
  const ranges = text.matchAll(/\/ByteRange\s*\[\s*(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s*\]/g);
  const whole: { firstLength: number; second: number; contents: string }[] = [];
  for (const match of ranges) {
    const [start = -1, firstLength = -1, second = -1, secondLength = -1] = match.slice(1).map(Number);
    if (start !== 0 || second <= firstLength || second + secondLength !== pdf.length) continue;
    const contents = text.slice(firstLength, second);
    if (/^<(?:[0-9a-fA-F]{2})+>$/.test(contents)) whole.push({ firstLength, second, contents });
  }
  const [only, ...others] = whole;
  if (!only || others.length > 0) return null;
  return {
    signed: [pdf.subarray(0, only.firstLength), pdf.subarray(only.second)],
    contentsStart: only.firstLength,
    contents: fromHex(only.contents.slice(1, -1)),
  };
}
