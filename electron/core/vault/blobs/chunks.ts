import { chunkBytes } from './blob-format.ts';

/** `parts`: its content as it came, which is copied nowhere; `length` bytes altogether. */
export type Chunk = { readonly parts: readonly Uint8Array[]; readonly length: number; readonly index: number; readonly last: boolean };

const mostParts = 8;

/** Cuts whole content into the chunks of a blob; no content is one empty chunk. */
export function* chunksOf(content: Uint8Array): Generator<Chunk> {
  const count = Math.max(1, Math.ceil(content.length / chunkBytes));
  for (let index = 0; index < count; index += 1) {
    const part = content.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    yield { parts: [part], length: part.length, index, last: index === count - 1 };
  }
}

/** Cuts content that arrives in pieces of any length into the chunks of a blob, holding one of them back. */
export async function* rechunk(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Chunk> {
  let index = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (let piece of pieces) {
    while (piece.length > 0) {
      // A full chunk goes on only when there is more: it could be the last.
      if (heldBytes === chunkBytes) {
        yield { parts: fewOf(held), length: heldBytes, index, last: false };
        index += 1;
        held = [];
        heldBytes = 0;
      }
      const part = piece.subarray(0, chunkBytes - heldBytes);
      held.push(part);
      heldBytes += part.length;
      piece = piece.subarray(part.length);
    }
  }
  yield { parts: fewOf(held), length: heldBytes, index, last: true };
}

/** The parts of a chunk in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** Many small parts cost more each by itself than a copy of all. */
function fewOf(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  return parts.length > mostParts ? [joined(parts)] : parts;
}

/** The same items, each shown to `look` first, which may throw. */
export async function* watched<T>(items: AsyncIterable<T>, look: (item: T) => void): AsyncGenerator<T> {
  for await (const item of items) {
    look(item);
    yield item;
  }
}

/** A chunk that was taken already, and those after it. */
export async function* continued(first: Chunk | undefined, rest: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  if (first) yield first;
  yield* rest;
}
