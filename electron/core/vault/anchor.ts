import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from './atomic-file.ts';

/** How far the audit log had come: its size, and its root hash (hex). */
export type AuditMark = { readonly size: number; readonly rootHash: string };

const anchorFile = z.object({ size: z.number().int().min(0), rootHash: z.string(), mac: z.string() });

export type AnchorVerdict = 'fresh' | 'older' | 'forked' | 'missing' | 'damaged';

/**
 * The state of the audit log kept outside the database, so that a database that was put back to an earlier state
 * (which SQLite accepts as intact) is recognised. The database is synced before the anchor is written, so in honest
 * operation it is never older.
 */
export class Anchor {
  readonly #file: string;
  readonly #key: Buffer;
  #timer: NodeJS.Timeout | null = null;
  #pending: AuditMark | null = null;

  constructor(file: string, key: Buffer) {
    this.#file = file;
    this.#key = key;
  }

  /** Compares the anchor with the log; `rootAt` gives the root hash the log had at a size. */
  check(size: number, rootAt: (size: number) => string): AnchorVerdict {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return 'missing';
    }
    const mark = this.#parse(text);
    if (!mark) return 'damaged';
    if (mark.size > size) return 'older';
    return rootAt(mark.size) === mark.rootHash ? 'fresh' : 'forked';
  }

  /** The mark as it stands outside the database, or null where none can be trusted. */
  read(): AuditMark | null {
    if (this.#pending) return this.#pending;
    try {
      return this.#parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return null;
    }
  }

  /** Notes a new state; written within a tenth of a second, at once by `flush`. */
  note(mark: AuditMark): void {
    this.#pending = mark;
    this.#timer ??= setTimeout(() => this.#flushLater(), 100);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#pending) return;
    const { size, rootHash } = this.#pending;
    writeFileAtomic(this.#file, `${JSON.stringify({ size, rootHash, mac: this.#mac(size, rootHash).toString('hex') })}\n`);
    this.#pending = null;
  }

  /** Writes what is pending and wipes the key. A mark that cannot be written is lost: the older one on disk stays true. */
  close(): void {
    try {
      this.flush();
    } catch {
      // See above; the vault must close all the same.
    } finally {
      this.#key.fill(0);
    }
  }

  /** A full disk, or a scanner that holds the file, must not end core: the mark waits for the next try. */
  #flushLater(): void {
    try {
      this.flush();
    } catch {
      this.#timer = setTimeout(() => this.#flushLater(), 1_000);
    }
  }

  #parse(text: string): AuditMark | null {
    try {
      const { size, rootHash, mac } = anchorFile.parse(JSON.parse(text));
      const expected = this.#mac(size, rootHash);
      const found = Buffer.from(mac, 'hex');
      return found.length === expected.length && timingSafeEqual(found, expected) ? { size, rootHash } : null;
    } catch {
      return null;
    }
  }

  #mac(size: number, rootHash: string): Buffer {
    return createHmac('sha256', this.#key).update(`${size}:${rootHash}`).digest();
  }
}
