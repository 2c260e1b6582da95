import { fromBase64, type Bytes } from './bytes.ts';

/** The DER of a PEM text with exactly one block of this label and nothing else, or null. */
export function fromPem(label: string, text: string): Bytes | null {
  const [only, ...others] = readBlocks(label, text) ?? [];
  return only && others.length === 0 ? only : null;
}

/** The DER of each block of a PEM text that holds blocks of this label and nothing else, or null. */
export function readBlocks(label: string, text: string): Bytes[] | null {
  const block = new RegExp(`-----BEGIN ${label}-----\n([A-Za-z0-9+/=\n]+)\n-----END ${label}-----\n`, 'gy');
  const found: Bytes[] = [];
  let end = 0;
  for (const match of text.matchAll(block)) {
    try {
      found.push(fromBase64(match[1] ?? ''));
    } catch {
      return null;
    }
    end = match.index + match[0].length;
  }
  return end === text.length ? found : null;
}
