import { hash } from 'node:crypto';

/** 1024 leaves that follow each other and begin at a multiple of 1024, as they are stored. */
export type Segment = {
  /** Before each leaf's text a zero byte, which begins what is hashed (RFC 6962) and which no text holds; nothing after it: pruned. */
  readonly texts: Uint8Array;
  /** Their 1024 hashes. */
  readonly hashes: Uint8Array;
  /** The nodes above them that lie within, lowest level first: 512, 256, … 1. */
  readonly nodes: Uint8Array;
};

export const segmentLevel = 10;
export const segmentLeaves = 2 ** segmentLevel;
const hashBytes = 32;

/** The root of the segment, or null where a text, a hash or a node does not fit the others. */
export function segmentRoot({ texts, hashes, nodes }: Segment): Uint8Array | null {
  if (hashes.length !== segmentLeaves * hashBytes || nodes.length !== (segmentLeaves - 1) * hashBytes) return null;
  if (!hashesFit(Buffer.from(texts.buffer, texts.byteOffset, texts.length), hashes)) return null;
  let level = hashes;
  const pair = new Uint8Array(1 + 2 * hashBytes);
  pair[0] = 1;
  for (let offset = 0; level.length > hashBytes;) {
    const next = new Uint8Array(level.length / 2);
    for (let at = 0; at < next.length; at += hashBytes) {
      pair.set(level.subarray(2 * at, 2 * at + 2 * hashBytes), 1);
      next.set(hash('sha256', pair, 'buffer'), at);
    }
    if (Buffer.compare(next, nodes.subarray(offset, offset + next.length)) !== 0) return null;
    offset += next.length;
    level = next;
  }
  return level;
}

function hashesFit(texts: Buffer, hashes: Uint8Array): boolean {
  let start = 0;
  for (let at = 0; at < hashes.length; at += hashBytes) {
    if (texts[start] !== 0) return false;
    const next = texts.indexOf(0, start + 1);
    const end = next === -1 ? texts.length : next;
    const isPruned = end === start + 1;
    if (!isPruned && Buffer.compare(hash('sha256', texts.subarray(start, end), 'buffer'), hashes.subarray(at, at + hashBytes)) !== 0)
      return false;
    start = end;
  }
  return start === texts.length;
}
