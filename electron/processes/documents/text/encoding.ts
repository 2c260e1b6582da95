export type Decoded = { readonly text: string; readonly encoding: string };

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-8, UTF-16 without a mark, GB18030 (which holds GBK and
 * GB 2312), and Windows-1252 for the rest. Null when the bytes are no text at all. With `partial` the end may cut a
 * character in two.
 */
export function decodeText(bytes: Uint8Array, partial = false): Decoded | null {
  const marked = byMark(bytes);
  if (marked) return accept(decode(marked, bytes, partial), marked);
  const utf8 = decode('utf-8', bytes, partial);
  if (utf8 !== null && !utf8.includes('\0')) return accept(utf8, 'utf-8');
  for (const encoding of utf16Candidates(bytes)) {
    const text = decode(encoding, partial || bytes.length % 2 ? bytes.subarray(0, bytes.length & ~1) : bytes, partial);
    if (text !== null && shareOf(text, plausible) > 0.95) return accept(text, encoding);
  }
  if (bytes.includes(0)) return null;
  const chinese = decode('gb18030', bytes, partial);
  if (chinese !== null && shareOf(chinese.replace(/[\0-\x7f]/g, ''), commonChinese) > 0.8) return accept(chinese, 'gb18030');
  return accept(decode('windows-1252', bytes, partial), 'windows-1252');
}

const plausible = /[\t\n\r\x20-\x7e\u00a0-\u024f\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]/;
const commonChinese = /[\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e\uffe5]/;

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** NUL bytes on one side only speak for UTF-16 with Latin text; Chinese UTF-16 shows by its high bytes 4E–9F. */
function utf16Candidates(bytes: Uint8Array): string[] {
  const sample = bytes.subarray(0, 4096);
  const likely = [0, 0];
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0;
    if (byte === 0 || (byte >= 0x4e && byte <= 0x9f) || byte === 0xff || byte === 0x30) likely[i % 2]! += 1;
  }
  const half = sample.length / 2;
  const found: string[] = [];
  if (likely[1]! > half * 0.8) found.push('utf-16le');
  if (likely[0]! > half * 0.8) found.push('utf-16be');
  return sample.includes(0) || found.length === 1 ? found : [];
}

function decode(encoding: string, bytes: Uint8Array, partial: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: partial });
  } catch {
    return null;
  }
}

function shareOf(text: string, wanted: RegExp): number {
  const sample = text.slice(0, 20_000);
  if (sample === '') return 0;
  let hits = 0;
  for (const character of sample) if (wanted.test(character)) hits += 1;
  return hits / [...sample].length;
}

/** Text may hold a few control characters (form feeds, escapes), not many. */
function accept(text: string | null, encoding: string): Decoded | null {
  if (text === null) return null;
  const controls = text.slice(0, 20_000).match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]/g)?.length ?? 0;
  return controls > Math.min(20_000, text.length) * 0.02 ? null : { text, encoding };
}
