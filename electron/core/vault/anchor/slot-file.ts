import { closeSync, fdatasync, fdatasyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { writeFileAtomic } from '../atomic-file.ts';

/** Each slot has disk sectors of its own, so that a write torn by a power cut spoils one slot at most. */
export const slotBytes = 4096;
const slots = 2;
const datasync = promisify(fdatasync);

/**
 * A small file that is replaced durably many times a second: two slots of a fixed size, written in turn and in place.
 * No folder entry and no length changes, so one `fdatasync` makes it durable, where a rename would take three syncs.
 */
export class SlotFile {
  readonly #path: string;
  #handle: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** The texts of both slots as they are on disk, or null where there is no file. A file of another shape has none. */
  read(): string[] | null {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : [];
    }
    return Array.from({ length: slots }, (_, slot) => bytes.toString('utf8', slot * slotBytes, (slot + 1) * slotBytes).trimEnd());
  }

  /** Puts `text` into slot `turn` modulo two. Durable after `sync`. */
  write(turn: number, text: string): void {
    const slot = turn % slots;
    const bytes = Buffer.alloc(slotBytes, ' ');
    if (bytes.write(`${text}\n`) <= text.length) throw new Error('the mark is longer than its slot');
    this.#handle ??= this.#open();
    for (let at = 0; at < bytes.length;) at += writeSync(this.#handle, bytes, at, bytes.length - at, slot * slotBytes + at);
  }

  async sync(): Promise<void> {
    if (this.#handle !== null) await datasync(this.#handle);
  }

  syncNow(): void {
    if (this.#handle !== null) fdatasyncSync(this.#handle);
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  #open(): number {
    if (statSync(this.#path, { throwIfNoEntry: false })?.size !== slots * slotBytes) {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      writeFileAtomic(this.#path, Buffer.alloc(slots * slotBytes, ' '));
    }
    return openSync(this.#path, 'r+');
  }
}
