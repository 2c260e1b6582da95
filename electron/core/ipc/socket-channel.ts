import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { Channel } from './channel.ts';

/** Largest message, bytes: a document as large as an import may be, and what goes with it. */
const largestMessage = 1024 ** 3;
const headerBytes = 4;

/**
 * A channel over a connected stream: each message is its length (4 bytes, big-endian) and V8's structured clone of it.
 * A frame that is too long or no clone breaks the connection.
 */
export function socketChannel(socket: Socket): Channel {
  let receive: (message: unknown) => void = () => undefined;
  let chunks: Buffer[] = [];
  let buffered = 0;
  let wanted: number | null = null;
  const take = (bytes: number): Buffer => {
    const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = all.length > bytes ? [all.subarray(bytes)] : [];
    buffered -= bytes;
    return all.subarray(0, bytes);
  };
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    buffered += chunk.length;
    while (!socket.destroyed && buffered >= (wanted ?? headerBytes)) {
      if (wanted === null) {
        wanted = take(headerBytes).readUInt32BE();
        if (wanted > largestMessage) socket.destroy();
        continue;
      }
      const body = take(wanted);
      wanted = null;
      const message = open(body);
      if (message) receive(message.content);
      else socket.destroy();
    }
  });
  socket.resume();
  // A broken connection closes; what it says on the way is nobody's business.
  socket.on('error', () => undefined);
  return {
    post(message) {
      if (!socket.writable) return;
      const body = serialize(message);
      const header = Buffer.alloc(headerBytes);
      header.writeUInt32BE(body.length);
      socket.cork();
      socket.write(header);
      socket.write(body);
      socket.uncork();
    },
    onMessage: (listener) => void (receive = listener),
    onClose: (listener) => void socket.once('close', () => listener('the channel closed')),
  };
}

function open(body: Buffer): { content: unknown } | null {
  try {
    return { content: deserialize(body) };
  } catch {
    return null;
  }
}
