import type { SystemActs } from '../audit/act.ts';
import type { ProcessState } from '../supervision/messages.ts';

const lookEveryMs = 1_000;

/** A recorded end, as far as it tells whether one is on record already. */
export type RecordedEnd = { readonly host: number | null; readonly restarts: number };
type Deps = {
  readonly acts: SystemActs;
  readonly processes: () => readonly ProcessState[];
  /** The newest record of an end of this process; null where there is none. */
  readonly newest: (process: string) => RecordedEnd | null;
};

/**
 * Records processes of Redoubt that ended by themselves or were killed, and that they were started again. The counters
 * are the supervisor's and go on while the vault is locked or core itself is down, so those ends are recorded at the
 * next opening; the host's process id tells the counters of one start of Redoubt from those of another.
 */
export class ProcessWatch {
  readonly #deps: Deps;
  /** Process → restarts that are on record. */
  readonly #known = new Map<string, number>();
  /** Not yet back since they ended. */
  readonly #down = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start(): void {
    this.look('opening');
    this.#timer = setInterval(() => this.look(), lookEveryMs).unref();
  }

  look(noticed: 'opening' | 'open' = 'open'): void {
    const states = this.#deps.processes();
    const host = states.find(({ name }) => name === 'main')?.pid ?? null;
    for (const { name, state, restarts, lastExit } of states) {
      const known = this.#known.get(name) ?? this.#onRecord(name, host);
      this.#known.set(name, restarts);
      if (restarts > known) this.#noteEnd({ name, host, restarts, times: restarts - known, exit: lastExit ?? '', noticed });
      if (state !== 'ready' || !this.#down.delete(name)) continue;
      this.#deps.acts('system.process-restarted').commit({ subject: name, details: { host, restarts } }, () => undefined);
    }
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #noteEnd({
    name,
    ...details
  }: {
    name: string;
    host: number | null;
    restarts: number;
    times: number;
    exit: string;
    noticed: string;
  }): void {
    this.#down.add(name);
    this.#deps.acts('system.process-ended').commit({ subject: name, outcome: 'failed', details }, () => undefined);
  }

  #onRecord(name: string, host: number | null): number {
    const newest = this.#deps.newest(name);
    return newest !== null && newest.host === host ? newest.restarts : 0;
  }
}

/** The counters in a record's details. */
export function recordedEnd({ host, restarts }: Readonly<Record<string, unknown>>): RecordedEnd | null {
  if (typeof restarts !== 'number') return null;
  return { host: typeof host === 'number' ? host : null, restarts };
}
