import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { blobError, isHindrance, isMissing, succeeds, throwMissing } from './blobs/blob-errors.ts';
import { BlobFiles } from './blobs/blob-files.ts';
import { fileBytesOf, layoutOf, sealHeader } from './blobs/blob-format.ts';
import { BlobName } from './blobs/blob-name.ts';
import type { Usage } from './blobs/blob-usage.ts';
import { continued, joined, rechunk, watched, type Chunk } from './blobs/chunks.ts';
import { epochOfFile, isIntactSync, readChunks, readChunksSync, type ByteRange } from './blobs/read-blob.ts';
import { BlobWriter, syncFile, writeBlobSync, writeHeaderSync } from './blobs/write-blob.ts';
import { keepEpoch, wipeRing, type KeyRing } from './key-ring.ts';

/** Asks whether so many bytes may be written now, of which `written` are on the disk already; throws where not. */
export type Admit = (bytes: number, written?: number) => void;
export type StoredBlob = { readonly id: string; readonly size: number };
type Named = { readonly id: string; readonly needed: boolean };
export type Verdict = 'ok' | 'damaged' | 'missing';

/** Larger files are synced while other work goes on, smaller ones in their place: that takes one sync less. */
const syncedAside = 4 * 1024 * 1024;

/**
 * Encrypted, content-addressed files beside the database; `blobs/blob-format.ts` describes one. An id is a keyed hash of the
 * content: equal content is stored once, and the name says nothing to who has no key. Whoever stores a blob must write
 * the row that refers to it in the same turn; `remove` and `sweep` know no other claim.
 */
export class Blobs {
  readonly #files: BlobFiles;
  readonly #ring: KeyRing;
  readonly #nameKey: Buffer;
  readonly #admit: Admit;
  #closed = false;
  readonly #keyOf = (epoch: number) => this.#ring.keys.get(epoch);

  /**
   * Takes over the wrapping keys and the name key, and wipes them at `close`. What is written is written under
   * `ring.current`.
   */
  constructor(folder: string, ring: KeyRing, nameKey: Buffer, admit: Admit = () => undefined) {
    this.#files = new BlobFiles(folder);
    this.#ring = ring;
    this.#nameKey = nameKey;
    this.#admit = admit;
  }

  /** Stores `bytes` durably before it returns; returns the id. A damaged blob of the same content is replaced. */
  put(bytes: Uint8Array): string {
    const name = new BlobName(this.#nameKey);
    // Of a large one the disk has the start already while the rest is hashed.
    const admits = () => this.#admit(fileBytesOf(bytes.length));
    if (bytes.length > syncedAside && succeeds(admits)) return this.#putWhole(bytes, name, false);
    name.add(bytes);
    return this.#putWhole(bytes, name, true);
  }

  /** Stores content that arrives in pieces, holding two MiB of it (a piece until the next but one is asked for); durable before it resolves. */
  putFrom(pieces: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StoredBlob> {
    return this.storeFrom(pieces, (stored) => stored, signal);
  }

  /** The same; `keep` writes the row that refers to the blob, in the turn in which it is stored. */
  async storeFrom<T>(pieces: AsyncIterable<Uint8Array>, keep: (stored: StoredBlob) => T, signal?: AbortSignal): Promise<T> {
    const name = new BlobName(this.#nameKey);
    // Each piece is hashed while the next is on its way.
    const source = rechunk(watched(pieces, (piece) => name.add(piece)));
    try {
      const { value: first } = await source.next();
      signal?.throwIfAborted();
      // What is in memory as a whole anyway needs no detour.
      if (first?.last) return keep({ id: this.#putWhole(joined(first.parts), name, true), size: first.length });
      return await this.#storeChunks(continued(first, source), name, keep, signal);
    } finally {
      await source.return(undefined);
    }
  }

  /** @throws AppError `vault/blob-missing`, `vault/blob-damaged` */
  get(id: string): Uint8Array {
    const path = this.#files.path(id);
    try {
      return Buffer.concat([...readChunksSync(path, id, this.#keyOf)]);
    } catch (error) {
      throw blobError(id, error);
    }
  }

  /** The content, or `range` of it, in pieces of at most one MiB. @throws AppError like `get` */
  async *read(id: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const path = this.#files.path(id);
    try {
      yield* readChunks(path, id, this.#keyOf, range);
    } catch (error) {
      throw blobError(id, error);
    }
  }

  /** Bytes of the content, as the size of the file on disk says. @throws AppError like `get` */
  size(id: string): number {
    try {
      return layoutOf(this.#files.sizeOf(id) ?? throwMissing()).contentBytes;
    } catch (error) {
      throw blobError(id, error);
    }
  }

  /** Bytes on disk, or null where there is no such blob. */
  diskBytes(id: string): number | null {
    return this.#files.sizeOf(id);
  }

  /** Reads a blob from end to end. */
  async verify(id: string): Promise<Verdict> {
    if (!this.#files.has(id)) return 'missing';
    try {
      for await (const _ of readChunks(this.#files.path(id), id, this.#keyOf));
      return 'ok';
    } catch (error) {
      return isMissing(error) ? 'missing' : 'damaged';
    }
  }

  /** Where the encrypted file lies, for who copies it as it is. */
  path(id: string): string {
    return this.#files.path(id);
  }

  /** Every id, in order. Blobs may come and go while it is read. */
  ids(): Generator<string> {
    return this.#files.ids();
  }

  /**
   * Makes a content unreadable for ever: its wrapped key is overwritten on disk, then the file is removed. A missing
   * one is no error. False where nothing was overwritten.
   */
  remove(id: string): boolean {
    return this.#files.erase(id);
  }

  /** Removes every blob that `isReferred` does not know (left behind by a crash between file and row). Returns their number. */
  sweep(isReferred: (id: string) => boolean): number {
    const orphans = [...this.#files.ids()].filter((id) => !isReferred(id));
    for (const id of orphans) this.#files.erase(id);
    return orphans.length;
  }

  /** Bytes on disk and number of blobs, as far as they are counted. */
  get usage(): Usage {
    return this.#files.usage.now;
  }

  get isUsageExact(): boolean {
    return this.#files.usage.isExact;
  }

  /** What was counted before; call it before anything is stored. Doubtful figures are exact after `recount`. */
  startUsage(known: Usage, isExact: boolean): void {
    this.#files.usage.start(known, isExact);
  }

  /** Counts the files on disk anew, in small steps. */
  recount(signal?: AbortSignal): Promise<void> {
    return this.#files.recount(signal);
  }

  /** The epoch that blobs are written under. */
  get epoch(): number {
    return this.#ring.current;
  }

  /** From now on blobs are written under the key of a further epoch, which it takes over. */
  useEpoch(epoch: number, key: Buffer): void {
    this.#ring.keys.set(epoch, key);
    this.#ring.current = epoch;
  }

  /** True where a blob is not yet written under the current epoch; a damaged one never will be. */
  isOfOlderEpoch(id: string): boolean {
    try {
      return epochOfFile(this.#files.path(id)) !== this.#ring.current;
    } catch (error) {
      return !isMissing(error);
    }
  }

  /**
   * Writes a blob anew, under a new key of its own and the current epoch. The content stays readable all the while, and
   * a crash leaves the one file or the other.
   */
  async reencrypt(id: string, signal?: AbortSignal): Promise<'done' | 'gone' | 'damaged'> {
    const path = this.#files.path(id);
    const chunks = watched(rechunk(readChunks(path, id, this.#keyOf)), () => signal?.throwIfAborted());
    try {
      const name = () => Promise.resolve({ id, needed: true });
      return await this.#write(chunks, name, (_, publish) => {
        if (!this.#files.has(id)) return 'gone';
        publish();
        return 'done';
      });
    } catch (error) {
      if (signal?.aborted || isHindrance(error)) throw error;
      return isMissing(error) ? 'gone' : 'damaged';
    }
  }

  /** Forgets the keys of all epochs but the current one. */
  forgetOlderEpochs(): void {
    keepEpoch(this.#ring, this.#ring.current);
  }

  close(): void {
    this.#closed = true;
    wipeRing(this.#ring);
    this.#nameKey.fill(0);
  }

  /** @param isNamed the name has seen the content already; else it sees each chunk before that is sealed */
  #putWhole(bytes: Uint8Array, name: BlobName, isNamed: boolean): string {
    if (isNamed && isIntactSync(this.#files.path(name.id), name.id, this.#keyOf)) return name.id;
    this.#admit(fileBytesOf(bytes.length));
    const incoming = this.#files.newIncoming();
    const key = randomBytes(32);
    try {
      const look = isNamed ? null : (part: Uint8Array) => name.add(part);
      const written = writeBlobSync(incoming, key, bytes, look, () => this.#header(name.id, key));
      try {
        if (isNamed || !isIntactSync(this.#files.path(name.id), name.id, this.#keyOf))
          this.#files.publish(incoming, name.id, () => written.sync());
        else rmSync(incoming, { force: true });
      } finally {
        written.close();
      }
      return name.id;
    } catch (error) {
      rmSync(incoming, { force: true });
      throw error;
    } finally {
      key.fill(0);
    }
  }

  #storeChunks<T>(chunks: AsyncIterable<Chunk>, name: BlobName, keep: (stored: StoredBlob) => T, signal?: AbortSignal): Promise<T> {
    let size = 0;
    const admitted = watched(chunks, ({ length }) => {
      signal?.throwIfAborted();
      const written = size;
      size += length;
      this.#admit(fileBytesOf(size), written);
    });
    const named = async () => ({ id: name.id, needed: (await this.verify(name.id)) !== 'ok' });
    return this.#write(admitted, named, ({ id, needed }, publish) => {
      if (needed || !this.#files.has(id)) publish();
      return keep({ id, size });
    });
  }

  /**
   * Writes a blob file; `name` is asked when all chunks are written, and whether the file will be needed. `end` may give
   * it its place, durably, and whatever it does beside that is done in the same turn.
   */
  async #write<T>(chunks: AsyncIterable<Chunk>, name: () => Promise<Named>, end: (named: Named, publish: () => void) => T): Promise<T> {
    const incoming = this.#files.newIncoming();
    const key = randomBytes(32);
    try {
      const writer = await BlobWriter.create(incoming);
      let epoch: number | null = null;
      let isSynced = false;
      let named: Named;
      try {
        await writer.write(key, chunks);
        named = await name();
        if (named.needed) {
          epoch = this.#ring.current;
          isSynced = writer.size > syncedAside;
          await writer.finish(this.#header(named.id, key), isSynced);
        }
      } finally {
        await writer.close();
      }
      return end(named, () => {
        // Not finished, or a rotation began in between: under the older epoch it would be overlooked.
        if (epoch !== this.#ring.current) {
          writeHeaderSync(incoming, this.#header(named.id, key));
          isSynced = false;
        }
        this.#files.publish(incoming, named.id, isSynced ? null : syncFile);
      });
    } finally {
      rmSync(incoming, { force: true });
      key.fill(0);
    }
  }

  #header(id: string, key: Uint8Array): Buffer {
    const wrapping = this.#ring.keys.get(this.#ring.current);
    // A wiped key would wrap just as well.
    if (!wrapping || this.#closed) throw new AppError('vault/closing', 'The vault is being locked. Try again in a moment.');
    return sealHeader(wrapping, this.#ring.current, id, key);
  }
}
