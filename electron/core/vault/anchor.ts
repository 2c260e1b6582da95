import { decide, compare, type AnchorPlace, type DatabaseState, type PlaceState } from './anchor/compare.ts';
import { openMark, sealMark, type AnchorMark, type AuditMark } from './anchor/mark.ts';
import { SlotFile } from './anchor/slot-file.ts';

export type { AuditMark };

export type AnchorOptions = {
  readonly vaultId: string;
  /** Stays the same when the vault key is replaced; taken over and wiped at the end. */
  readonly key: Buffer;
  readonly places: readonly { readonly place: AnchorPlace; readonly file: string }[];
};

/** Where the vault stands, as its audit log and its commit counter say. */
export type Standing = AuditMark & { readonly commits: number };

/** What nobody waits for is made durable within this time, ms. */
const laterMs = 100;
const retryMs = 1_000;

/**
 * The state of the vault kept outside the database, beside the vault and in a second place that does not travel with it:
 * a database that was put back to an earlier state (which SQLite accepts as intact) is recognised. The database is synced
 * before a mark is written, so in honest operation no mark is ever ahead.
 */
export class Anchor {
  readonly #vaultId: string;
  readonly #key: Buffer;
  readonly #places: readonly { place: AnchorPlace; file: SlotFile }[];
  #last: AnchorMark | null = null;
  #openSince: number | null = null;
  #sequence = 0;
  /** What is noted and not in the files yet. */
  #pending: AnchorMark | null = null;
  #written = 0;
  #durable = 0;
  #syncing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor({ vaultId, key, places }: AnchorOptions) {
    this.#vaultId = vaultId;
    this.#key = key;
    this.#places = places.map(({ place, file }) => ({ place, file: new SlotFile(file) }));
  }

  get places(): AnchorPlace[] {
    return this.#places.map(({ place }) => place);
  }

  /** Compares the marks with the database; the first one decides (see `decide`). Writes nothing. */
  assess(now: DatabaseState): { decisive: PlaceState; places: PlaceState[] } {
    const places = this.#places.map(({ place, file }): PlaceState => {
      const texts = file.read();
      const mark = this.#newest(texts);
      return { place, mark, verdict: texts === null ? 'missing' : mark ? compare(mark, now) : 'damaged' };
    });
    this.#sequence = Math.max(this.#sequence, ...places.map(({ mark }) => mark?.sequence ?? 0));
    return { decisive: decide(places), places };
  }

  /** The newest mark beside the vault as it stands in the file, or null where none can be trusted. */
  read(): AnchorMark | null {
    this.#write();
    return this.#newest(this.#places[0]?.file.read() ?? null);
  }

  /** Durably notes that the vault is being opened; to be called before the database is changed. @throws what a full disk throws */
  begin(standing: Standing, openSince: number): void {
    this.#openSince = openSince;
    this.note(standing);
    this.#writeNow();
  }

  /** Notes a new state, after its commit; in the files within a tenth of a second, durable there after `durable`. */
  note(standing: Standing): void {
    const { commits, size, rootHash } = standing;
    const mark = { vaultId: this.#vaultId, sequence: 0, commits, size, rootHash, at: Date.now(), openSince: this.#openSince, pages: null };
    this.#pending = mark;
    this.#last = mark;
    this.#timer ??= setTimeout(() => this.#later(), laterMs);
  }

  /**
   * Resolves once everything noted so far is on the disk; who comes while it is being written shares the next write. A
   * mark that cannot be written hinders nobody: the older one stays true, and the write is tried again.
   */
  async durable(): Promise<void> {
    this.#write();
    const wanted = this.#written;
    while (this.#durable < wanted && !this.#closed) {
      this.#syncing ??= this.#sync();
      await this.#syncing;
    }
  }

  /** As `durable`, at once. */
  settle(): void {
    this.#write();
    this.#eachFile((file) => file.syncNow());
  }

  /** Notes that the vault was closed in order, with the digest of its file. */
  end(pages: string | null): void {
    if (!this.#last) return;
    this.#openSince = null;
    this.#pending = { ...this.#last, at: Date.now(), openSince: null, pages };
  }

  /** Writes what is pending, if that is possible, and wipes the key. What cannot be written is lost: the older mark stays true. */
  close(): void {
    try {
      this.#writeNow();
    } catch {
      // See above; the vault must close all the same.
    } finally {
      this.#closed = true;
      if (this.#timer) clearTimeout(this.#timer);
      for (const { file } of this.#places) file.close();
      this.#key.fill(0);
    }
  }

  #newest(texts: string[] | null): AnchorMark | null {
    const marks = (texts ?? []).flatMap((text) => openMark(text, this.#vaultId, this.#key) ?? []);
    return marks.toSorted((left, right) => right.sequence - left.sequence)[0] ?? null;
  }

  /** Puts what is pending into the files of all places; where that fails it stays pending and is tried again. */
  #write(): void {
    try {
      this.#put();
    } catch {
      this.#timer ??= setTimeout(() => this.#later(), retryMs);
    }
  }

  #writeNow(): void {
    this.#put();
    this.#eachFile((file) => file.syncNow());
    this.#durable = this.#written;
  }

  #put(): void {
    if (!this.#pending || this.#closed) return;
    const sequence = this.#sequence + 1;
    const text = sealMark({ ...this.#pending, sequence }, this.#key);
    this.#eachFile((file) => file.write(sequence, text));
    this.#sequence = sequence;
    this.#pending = null;
    this.#written += 1;
  }

  /** A place outside that cannot be written (a full disk, a read-only home) keeps nobody out: the older mark there stays true. */
  #eachFile(work: (file: SlotFile) => void): void {
    for (const { place, file } of this.#places) {
      try {
        work(file);
      } catch (error) {
        if (place === 'vault') throw error;
      }
    }
  }

  async #sync(): Promise<void> {
    const upTo = this.#written;
    await Promise.allSettled(this.#places.map(({ file }) => file.sync()));
    this.#durable = upTo;
    this.#syncing = null;
  }

  #later(): void {
    this.#timer = null;
    void this.durable();
  }
}
