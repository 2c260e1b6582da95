import { open } from 'node:fs/promises';

export const pieceBytes = 1024 * 1024;
/** One is used, one may be held back to see whether it is the last, one is being read. */
const buffers = 3;

/**
 * The content of a file in pieces of one MiB, each read while the one before is used. The buffers are used again (new
 * ones cost more than reading does): a piece is good until the next but one is asked for.
 * @throws what the system says of a file that cannot be read
 */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  const ring: Buffer[] = [];
  const read = async (index: number): Promise<Uint8Array> => {
    const buffer = (ring[index % buffers] ??= Buffer.allocUnsafeSlow(pieceBytes));
    for (let length = 0; ;) {
      const { bytesRead } = await handle.read(buffer, length, pieceBytes - length, index * pieceBytes + length);
      length += bytesRead;
      if (bytesRead === 0 || length === pieceBytes) return buffer.subarray(0, length);
    }
  };
  let reading = read(0);
  try {
    for (let index = 1; ; index += 1) {
      const piece = await reading;
      const isFull = piece.length === pieceBytes;
      if (isFull) reading = read(index);
      reading.catch(() => undefined);
      if (piece.length > 0) yield piece;
      if (!isFull) return;
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}
