import { AppError } from '../errors.ts';

/** Positioned reads of something that has a known length: an open file, or bytes in memory. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Reads up to `length` bytes at `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

const windowBytes = 256 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: false });

/**
 * Reads little-endian values one after the other, holding at most one window (256 KiB, or one value) in memory.
 * Nothing is read past the end of the source or past `limit`: both are errors, never a short value.
 */
export class ByteCursor {
  readonly #source: ByteSource;
  readonly #limit: number;
  #window: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#window.buffer);
  #windowStart = 0;
  #position = 0;

  /** `limit`: how far into the source this cursor may go, in bytes. */
  constructor(source: ByteSource, limit: number) {
    this.#source = source;
    this.#limit = limit;
  }

  get position(): number {
    return this.#position;
  }

  /** Bytes from here to the end of the source. */
  get left(): number {
    return this.#source.size - this.#position;
  }

  async u32(): Promise<number> {
    return (await this.view(4)).getUint32(0, true);
  }

  async u64(): Promise<bigint> {
    return (await this.view(8)).getBigUint64(0, true);
  }

  /** The next `length` bytes as a view that holds until the next read. */
  async view(length: number): Promise<DataView> {
    const at = await this.#take(length);
    return new DataView(this.#window.buffer, this.#window.byteOffset + at, length);
  }

  /** UTF-8 text, wrong sequences become U+FFFD; or `latin1`, a character per byte, which keeps different bytes different. */
  async text(length: number, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string> {
    const at = await this.#take(length);
    const bytes = this.#window.subarray(at, at + length);
    return encoding === 'utf8' ? utf8.decode(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
  }

  /** Passes over `count` texts, each after its 64-bit length; waits only where a new window must be read. */
  async skipTexts(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const taken = this.#take(8);
      const at = typeof taken === 'number' ? taken : await taken;
      const length = this.#view.getBigUint64(at, true);
      this.skip(length > BigInt(this.#source.size) ? this.#source.size : Number(length));
    }
  }

  /** Goes on by `length` bytes without reading them. */
  skip(length: number): void {
    this.#ensureInside(length);
    this.#position += length;
  }

  /** Makes `length` bytes available and moves past them; answers where they start in the window. */
  #take(length: number): number | Promise<number> {
    this.#ensureInside(length);
    const at = this.#position - this.#windowStart;
    if (at >= 0 && at + length <= this.#window.length) {
      this.#position += length;
      return at;
    }
    return this.#refill(length);
  }

  async #refill(length: number): Promise<number> {
    const bytes = await this.#source.read(this.#position, Math.max(length, Math.min(windowBytes, this.left)));
    if (bytes.length < length) throw truncated(this.#source.size);
    this.#window = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#windowStart = this.#position;
    this.#position += length;
    return 0;
  }

  #ensureInside(length: number): void {
    if (length > this.left) throw truncated(this.#source.size);
    if (this.#position + length > this.#limit) {
      const limit = Math.round(this.#limit / 2 ** 20);
      throw new AppError(
        'models/too-large',
        `The header of this model file is larger than ${limit} MiB, which no known model needs. Nothing was imported.`,
      );
    }
  }
}

function truncated(size: number): AppError {
  return new AppError(
    'models/damaged',
    `The model file ends in the middle of its header (${size} bytes). It is cut off or damaged: copy it again. Nothing was imported.`,
    { size },
  );
}
