import { codeSymbols } from '../../../contract/code-groups.ts';

/** Five bits a character, most significant first. The number of bytes must be a multiple of five. */
export function encodeBase32(bytes: Uint8Array): string {
  if (bytes.length % 5 !== 0) throw new Error('not a multiple of five bytes');
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += codeSymbols[(held >> (bits - 5)) & 31];
  }
  return text;
}

/** The opposite of `encodeBase32`; the text must consist of its characters. */
export function decodeBase32(text: string): Buffer {
  const bytes = Buffer.alloc((text.length * 5) / 8);
  let at = 0;
  let bits = 0;
  let held = 0;
  for (const symbol of text) {
    held = ((held << 5) | codeSymbols.indexOf(symbol)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
