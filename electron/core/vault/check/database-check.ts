import type { WritableDb } from '../database.ts';
import { PageMacs } from '../page-macs.ts';
import { necessarily } from '../space/room.ts';

export type CheckState = { readonly state: 'none' | 'running' | 'ok' | 'damaged'; readonly done: number; readonly total: number };
/** What was found, for the audit: counts and names of tables only. */
export type CheckResult = {
  readonly ok: boolean;
  readonly pages: number;
  readonly badPages: number;
  readonly badTables: readonly string[];
};

export type DatabaseCheckDeps = {
  readonly db: WritableDb;
  readonly file: string;
  /** The raw key of the database as it is now; it is wiped after use. */
  readonly databaseKey: () => Buffer;
  /** True where nobody would notice that nothing answers for a moment. */
  readonly isQuiet: () => boolean;
  /** Called before the structure of a table is checked, which nothing else can run beside. */
  readonly onTable: () => void;
  readonly onDone: (result: CheckResult) => void;
  readonly onError: (error: unknown) => void;
  /** Between two steps, ms. */
  readonly pauseMs?: number;
};

/** Pages checked in one go (about 2 ms). */
const slicePages = 64;
/** How far it came is kept this often. */
const keptPages = 16_384;

/**
 * Checks the whole database after an unclean stop, while the vault is in use: first the MAC of every page, a little at a
 * time, then the structure of one table after the other, each when nobody is waiting. A vault that is closed meanwhile
 * goes on at the next opening.
 */
export class DatabaseCheck {
  readonly #deps: DatabaseCheckDeps;
  readonly #pauseMs: number;
  #state: CheckState = { state: 'none', done: 0, total: 0 };
  #timer: NodeJS.Timeout | null = null;
  #badPages = 0;
  #badTables: string[] = [];
  #tables: string[] | null = null;

  constructor(deps: DatabaseCheckDeps) {
    this.#deps = deps;
    this.#pauseMs = deps.pauseMs ?? 15;
  }

  get state(): CheckState {
    return this.#state;
  }

  /** Goes on with a check that is due. */
  start(): void {
    const row = this.#deps.db.prepare('SELECT checked_pages AS pages FROM vault').get() as { pages: number | null } | undefined;
    if (typeof row?.pages !== 'number') return;
    this.#state = { state: 'running', done: row.pages, total: this.#withPages((pages) => pages.count) };
    this.#later(this.#pauseMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => {
      try {
        necessarily(this.#deps.db, () => this.#step());
      } catch (error) {
        this.stop();
        this.#deps.onError(error);
      }
    }, ms);
    this.#timer.unref();
  }

  #step(): void {
    if (this.#tables) return this.#checkTable(this.#tables);
    const total = this.#checkPages();
    if (this.#state.done < total) return this.#later(this.#pauseMs);
    const rows = this.#deps.db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') ORDER BY name")
      .all() as { name: string }[];
    this.#tables = rows.map(({ name }) => name);
    this.#later(this.#pauseMs);
  }

  #checkPages(): number {
    const { db } = this.#deps;
    const first = this.#state.done + 1;
    const { bad, total } = this.#withPages((pages) => ({ bad: pages.bad(first, slicePages).length, total: pages.count }));
    if (bad > 0) {
      // A page that a crash tore stands whole in the write-ahead log; only after that was played back does it count.
      db.pragma('wal_checkpoint(TRUNCATE)');
      this.#badPages += this.#withPages((pages) => pages.bad(first, slicePages).length);
    }
    const done = Math.min(first - 1 + slicePages, total);
    this.#state = { state: 'running', done, total };
    if (this.#badPages === 0 && Math.floor(done / keptPages) > Math.floor((first - 1) / keptPages))
      db.prepare('UPDATE vault SET checked_pages = ?').run(done);
    return total;
  }

  #checkTable(tables: string[]): void {
    if (!this.#deps.isQuiet()) return this.#later(1_000);
    const table = tables.pop();
    if (table === undefined) return this.#finish();
    this.#deps.onTable();
    if (!this.#isSound(table)) this.#badTables.push(table);
    this.#later(this.#pauseMs);
  }

  #isSound(table: string): boolean {
    try {
      return this.#deps.db.pragma(`quick_check('${table.replaceAll("'", "''")}')`, { simple: true }) === 'ok';
    } catch {
      // A page that cannot be read at all.
      return false;
    }
  }

  #finish(): void {
    const ok = this.#badPages === 0 && this.#badTables.length === 0;
    // A damaged one is checked again at the next opening.
    this.#deps.db.prepare('UPDATE vault SET checked_pages = ?').run(ok ? null : 0);
    this.#state = { ...this.#state, state: ok ? 'ok' : 'damaged' };
    this.#deps.onDone({ ok, pages: this.#state.total, badPages: this.#badPages, badTables: this.#badTables });
  }

  #withPages<T>(work: (pages: PageMacs) => T): T {
    const key = this.#deps.databaseKey();
    try {
      const pages = new PageMacs(this.#deps.file, key);
      try {
        return work(pages);
      } finally {
        pages.wipe();
      }
    } finally {
      key.fill(0);
    }
  }
}
