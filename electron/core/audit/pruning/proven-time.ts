import { z } from 'zod';
import type { WritableDb } from '../../vault/database.ts';
import type { MachineClock } from '../boot.ts';

const row = z.object({ at: z.number(), ranMs: z.number(), boot: z.string(), uptimeMs: z.number() });

/** A time counts once machines have run for so long since the wall clock showed it. */
export const provenAfterMs = 7 * 86_400_000;

/**
 * A time that is surely over. A wall clock can jump ahead by years, so what it shows counts only after machines have run
 * for a week since, by the clock that nobody can set, and it never showed an earlier time meanwhile. Time without a
 * running machine (or, where the system names no boot, without an open vault) does not count.
 */
export class ProvenTime {
  readonly #db: WritableDb;
  readonly #machine: MachineClock;

  constructor(db: WritableDb, machine: MachineClock) {
    this.#db = db;
    this.#machine = machine;
  }

  /** Takes note of `now`, milliseconds since the epoch by the wall clock; to be called every hour or so. */
  observe(now: number): void {
    const known = this.#row();
    if (!known || now < known.at) return this.startOver(now);
    const { boot } = this.#machine;
    const uptimeMs = this.#machine.uptimeMs();
    const ran = boot === known.boot ? Math.max(0, uptimeMs - known.uptimeMs) : 0;
    this.#set({ at: known.at, ranMs: known.ranMs + ran, boot, uptimeMs });
  }

  /** Milliseconds since the epoch, or null while no time is proven. */
  get proven(): number | null {
    const known = this.#row();
    return known && known.ranMs >= provenAfterMs ? known.at : null;
  }

  /** Waits for another time to be proven. */
  startOver(now: number): void {
    this.#set({ at: now, ranMs: 0, boot: this.#machine.boot, uptimeMs: this.#machine.uptimeMs() });
  }

  #row(): z.infer<typeof row> | null {
    const sql = 'SELECT at, ran_ms AS ranMs, boot, uptime_ms AS uptimeMs FROM audit_proven_time';
    return row.nullable().parse(this.#db.prepare(sql).get() ?? null);
  }

  #set({ at, ranMs, boot, uptimeMs }: z.infer<typeof row>): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO audit_proven_time (id, at, ran_ms, boot, uptime_ms) VALUES (1, ?, ?, ?, ?)')
      .run(at, ranMs, boot, uptimeMs);
  }
}
