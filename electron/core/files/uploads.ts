import { randomUUID } from 'node:crypto';
import { AppError } from '../errors.ts';

/** Largest upload held in memory, bytes. Larger files are named by path (desktop window, command line). */
export const largestUpload = 512 * 1024 * 1024;
const largestTotal = 1024 * 1024 * 1024;
const idleMs = 10 * 60_000;

type Upload = { owner: string; name: string; size: number; parts: Buffer[]; received: number; touched: number };

/** Files on their way from the page; in memory only, dropped when the connection ends or idles. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  /** @throws AppError `files/too-large`, `files/too-many` */
  begin(owner: string, name: string, size: number): string {
    this.#dropIdle();
    if (size > largestUpload)
      throw new AppError(
        'files/too-large',
        'This file is too large to send through the browser. Use the desktop window or the command line.',
        { name, size, largest: largestUpload },
      );
    let held = size;
    for (const upload of this.#uploads.values()) held += upload.size;
    if (held > largestTotal)
      throw new AppError('files/too-many', 'Too many files are being sent at once. Wait until the first ones are imported.');
    const id = randomUUID();
    this.#uploads.set(id, { owner, name, size, parts: [], received: 0, touched: Date.now() });
    return id;
  }

  /** @throws AppError `files/unknown-upload`, `files/out-of-order`, `files/too-large` */
  append(owner: string, id: string, offset: number, chunk: Buffer): number {
    const upload = this.#of(owner, id);
    if (offset !== upload.received)
      throw new AppError('files/out-of-order', 'A part of the file arrived out of order. Send the file again.', {
        expected: upload.received,
        offset,
      });
    if (chunk.length === 0) return upload.received;
    if (offset + chunk.length > upload.size)
      throw new AppError('files/too-large', 'More was sent than announced. Send the file again.', { announced: upload.size });
    upload.parts.push(chunk);
    upload.received += chunk.length;
    upload.touched = Date.now();
    return upload.received;
  }

  abort(owner: string, id: string): boolean {
    return this.#uploads.get(id)?.owner === owner && this.#uploads.delete(id);
  }

  /** Takes a complete upload out, in the pieces in which it came. @throws AppError `files/unknown-upload`, `files/incomplete` */
  take(owner: string, id: string): { name: string; pieces: readonly Uint8Array[] } {
    const upload = this.#of(owner, id);
    if (upload.received !== upload.size)
      throw new AppError('files/incomplete', 'The file has not arrived completely. Send it again.', {
        received: upload.received,
        size: upload.size,
      });
    this.#uploads.delete(id);
    return { name: upload.name, pieces: upload.parts };
  }

  /** Forgets what a connection has not used. */
  dropOwner(owner: string): void {
    for (const [id, upload] of this.#uploads) if (upload.owner === owner) this.#uploads.delete(id);
  }

  #of(owner: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.owner !== owner)
      throw new AppError('files/unknown-upload', 'This upload is not known any more. Send the file again.', { id });
    return upload;
  }

  #dropIdle(): void {
    const limit = Date.now() - idleMs;
    for (const [id, upload] of this.#uploads) if (upload.touched < limit) this.#uploads.delete(id);
  }
}
