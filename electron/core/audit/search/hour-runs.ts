import { z } from 'zod';
import type { WritableDb } from '../../vault/database.ts';
import { windowsOf, type Island, type Window, type WindowLimits } from './windows.ts';

const hourMs = 3_600_000;
const run = z.object({ low: z.number(), high: z.number(), hour: z.number() });
type Run = z.infer<typeof run>;
const island = z.object({ low: z.number(), high: z.number(), part: z.number() });

/** Milliseconds since the epoch, both included. */
export type Times = { readonly from: number; readonly to: number };

/**
 * In which hour leaves were written: one row per run of sequences. An hour has one run, or several where the clock was
 * set back or stood still for others. Runs never overlap.
 */
export class HourRuns {
  readonly #db: WritableDb;
  readonly #put;
  readonly #newest;
  readonly #below;
  readonly #end;
  readonly #above;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#put = db.prepare(
      `INSERT INTO audit_search_hours (low, high, hour) VALUES (@low, @high, @hour) ON CONFLICT (low) DO UPDATE SET high = excluded.high`,
    );
    this.#newest = db.prepare('SELECT low, high, hour FROM audit_search_hours ORDER BY low DESC LIMIT 1');
    // Whether everything of the hour is asked for (2), part of it (1) or nothing (0).
    const part = 'CASE WHEN hour > @first AND hour < @last THEN 2 WHEN hour BETWEEN @first AND @last THEN 1 ELSE 0 END';
    this.#below = db.prepare(
      `SELECT low, high, ${part} AS part FROM audit_search_hours WHERE low <= @top AND hour BETWEEN @first AND @last ORDER BY low DESC LIMIT 1`,
    );
    this.#above = db.prepare('SELECT min(low) FROM audit_search_hours WHERE low > ?').pluck();
    this.#end = db.prepare(`SELECT high FROM audit_search_hours WHERE low < @low AND ${part} <> @part ORDER BY low DESC LIMIT 1`).pluck();
  }

  /** Takes in further leaves, in the order of the log. */
  add(leaves: readonly { readonly sequence: number; readonly at: number }[]): void {
    const newest = this.#newest.get();
    let open: Run | undefined = newest === undefined ? undefined : run.parse(newest);
    for (const { sequence, at } of leaves) {
      const hour = hourOf(at);
      if (open?.hour === hour && open.high === sequence - 1) {
        open.high = sequence;
        continue;
      }
      if (open) this.#put.run(open);
      open = { low: sequence, high: sequence, hour };
    }
    if (open) this.#put.run(open);
  }

  /** Says nothing any more of when these leaves were written. */
  forget(sequences: readonly number[]): void {
    const across = 'low = (SELECT max(low) FROM audit_search_hours WHERE low <= @edge) AND high > @edge';
    const split = this.#db.prepare(
      `INSERT INTO audit_search_hours (low, high, hour) SELECT @edge + 1, high, hour FROM audit_search_hours WHERE ${across}`,
    );
    const cut = this.#db.prepare(`UPDATE audit_search_hours SET high = @edge WHERE ${across}`);
    const drop = this.#db.prepare('DELETE FROM audit_search_hours WHERE low BETWEEN @low AND @high');
    for (const { low, high } of groupsOf(sequences)) {
      split.run({ edge: high });
      cut.run({ edge: low - 1 });
      drop.run({ low, high });
    }
  }

  clear(): void {
    this.#db.exec('DELETE FROM audit_search_hours');
  }

  /** All sequences from `low` to `high` that may be of these times, newest first, in windows that can be looked through one by one. */
  windows(times: Times, { low, high }: Window, limits: WindowLimits): Iterable<Window> {
    return windowsOf(this.#islands(times, low, high), limits);
  }

  /** Runs with no other between them, where of all of them the whole hour, or of all of them a part of it, is asked for. */
  *#islands({ from, to }: Times, low: number, high: number): Iterable<Island> {
    const hours = { first: hourOf(from), last: hourOf(to) };
    for (let top = high; top >= low;) {
      const found = this.#below.get({ ...hours, top });
      if (found === undefined) return;
      const newest = island.parse(found);
      const end = this.#end.get({ ...hours, low: newest.low, part: newest.part });
      const bottom = Math.max(low, z.number().parse(this.#above.get(end ?? -1)));
      const highest = Math.min(newest.high, high);
      if (highest >= bottom) yield { low: bottom, high: highest, whole: newest.part === 2 };
      top = bottom - 1;
    }
  }
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

/** Sequences that follow each other, as one. */
function groupsOf(sequences: readonly number[]): Window[] {
  const groups: { low: number; high: number }[] = [];
  for (const sequence of sequences.toSorted((left, right) => left - right)) {
    const open = groups.at(-1);
    if (open?.high === sequence - 1) open.high = sequence;
    else groups.push({ low: sequence, high: sequence });
  }
  return groups;
}
