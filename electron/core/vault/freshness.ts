import type { AuditLog } from '../audit/audit-log.ts';
import type { AnchorState } from '../contract/vault.ts';
import { AppError } from '../errors.ts';
import type { Anchor, AuditMark, Standing } from './anchor.ts';
import type { PlaceState } from './anchor/compare.ts';
import { pagesDigest } from './anchor/pages-digest.ts';
import { commitCount, countCommits } from './commit-counter.ts';
import { isDiskFull } from '../errors.ts';
import { beginUse, openedSince, type CheckDue, type WritableDb } from './database.ts';
import { figuresOf, type FreshnessFigures } from './require-fresh.ts';
import { necessarily } from './space/room.ts';

type Parts = {
  readonly db: WritableDb;
  readonly anchor: Anchor;
  /** The database file. */
  readonly file: string;
  /** `pagesDigest` of the file, taken before it was opened. */
  readonly pages: string | null;
  readonly check: () => CheckDue;
};

/** Whether the open database is the newest there was, and the marks that will tell the next time (`anchor.ts`). */
export class Freshness {
  readonly #parts: Parts;
  readonly #openSince: number | null;
  #places: readonly PlaceState[] = [];
  #audit: AuditLog | null = null;
  #scheduled = false;

  /** From here on every commit of `db` is counted. */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#openSince = openedSince(parts.db);
    countCommits(parts.db, () => this.#committed());
  }

  /** False after a crash, until `begin` too. */
  get closedInOrder(): boolean {
    return this.#openSince === null;
  }

  get begun(): boolean {
    return this.#audit !== null;
  }

  /** Compares the database with the marks and changes nothing. */
  assess(audit: AuditLog): FreshnessFigures {
    const { decisive, places } = this.#parts.anchor.assess({
      commits: commitCount(this.#parts.db),
      size: audit.head().size,
      rootAt: (size) => rootAt(audit, size),
      openSince: this.#openSince,
      pages: this.#parts.pages,
    });
    this.#places = places;
    return figuresOf(decisive, audit, commitCount(this.#parts.db));
  }

  /**
   * Takes the database into use as it is: from here on the marks follow it. Its open state reaches the file itself at
   * once, so that a lost write-ahead log is told from an older copy.
   */
  begin(audit: AuditLog): void {
    const { db, anchor } = this.#parts;
    const now = Date.now();
    this.#audit = audit;
    // A new vault was compared with nothing.
    if (this.#places.length === 0) this.#places = anchor.places.map((place) => ({ place, verdict: 'fresh', mark: null }));
    anchor.begin(this.#standing(audit), now);
    necessarily(db, () => beginUse(db, now, this.#parts.check()));
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // The file would have to grow by what the log holds. On a full disk the log keeps it, and a lost log is then told as an older copy.
      if (!isDiskFull(error)) throw error;
    }
  }

  /** Resolves once what was committed before is noted durably; to be awaited before a change is acknowledged. */
  async durable(): Promise<void> {
    this.#note();
    await this.#parts.anchor.durable();
  }

  /** The same at once; a mark that cannot be written now is written later. */
  settle(): void {
    this.#note();
    this.#parts.anchor.settle();
  }

  /** To be called before the database is closed in order … */
  end(): void {
    this.#note();
  }

  /** … and after it. */
  closed(): void {
    if (this.begun) this.#parts.anchor.end(pagesDigest(this.#parts.file));
    this.#audit = null;
  }

  /** What is noted outside the database now, or null where nothing there can be trusted. */
  mark(): AuditMark | null {
    this.#note();
    return this.#parts.anchor.read();
  }

  /** For the page: where the vault stands, and how each place compared when it was opened. */
  state(audit: AuditLog): AnchorState {
    const { commits, size, rootHash } = this.#standing(audit);
    const at = this.#parts.anchor.read()?.at ?? null;
    return { commits, records: size, rootHash, at, places: this.#places.map(({ place, verdict }) => ({ place, verdict })) };
  }

  #committed(): void {
    if (this.#scheduled || !this.#audit) return;
    this.#scheduled = true;
    // Once for all commits of this turn: the mark counts the newest only.
    setImmediate(() => this.#note());
  }

  #note(): void {
    const wanted = this.#scheduled;
    this.#scheduled = false;
    if (wanted && this.#audit && this.#parts.db.open) this.#parts.anchor.note(this.#standing(this.#audit));
  }

  #standing(audit: AuditLog): Standing {
    const { size, root } = audit.head();
    return { commits: commitCount(this.#parts.db), size, rootHash: Buffer.from(root).toString('hex') };
  }
}

function rootAt(audit: AuditLog, size: number): string | null {
  try {
    return Buffer.from(audit.rootAt(size)).toString('hex');
  } catch (error) {
    if (error instanceof AppError && error.code === 'audit/damaged') return null;
    throw error;
  }
}
