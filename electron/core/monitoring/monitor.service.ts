import type { MonitorSample } from '../contract/monitor.ts';
import { Topic } from '../ipc/topic.ts';
import type { Log } from '../log.ts';
import type { ProcessState } from '../supervision/messages.ts';
import { GpuProbe } from './gpu-probe.ts';
import { History } from './history.ts';
import { MachineMeter } from './machine-figures.ts';
import { ProcessMeter } from './process-figures.ts';

/** What the other areas tell of themselves; each is called at every sample and must be cheap. */
export type MonitorSources = {
  processes(): readonly ProcessState[];
  inference(): MonitorSample['inference'];
  documents(): MonitorSample['documents'];
  runs(): MonitorSample['runs'];
};

export type MonitorIntervals = { readonly watchedMs: number; readonly idleMs: number };

const tenMinutes = 10 * 60_000;
/** A watcher that reads slower than this many samples loses the oldest. */
const backlog = 30;

/** Samples machine, processes and queues: once a second while somebody watches, rarely otherwise. */
export class MonitorService {
  readonly #sources: MonitorSources;
  readonly #log: Log;
  readonly #intervals: MonitorIntervals;
  readonly #history = new History<MonitorSample>(tenMinutes, 600);
  readonly #samples = new Topic<MonitorSample>(backlog);
  readonly #machine = new MachineMeter();
  readonly #processes = new ProcessMeter();
  readonly #gpus: GpuProbe;
  readonly #closed = new AbortController();
  #watchers = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    sources: MonitorSources,
    log: Log,
    gpus: GpuProbe = new GpuProbe(),
    intervals: MonitorIntervals = { watchedMs: 1_000, idleMs: 5_000 },
  ) {
    this.#sources = sources;
    this.#log = log;
    this.#gpus = gpus;
    this.#intervals = intervals;
  }

  start(): void {
    this.#schedule();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#closed.abort();
  }

  /** Samples of the last ten minutes, oldest first. */
  history(): MonitorSample[] {
    return this.#history.values();
  }

  /** The present sample, then each as it is taken; ends with `signal` or when monitoring closes. */
  async *watch(signal?: AbortSignal): AsyncGenerator<MonitorSample> {
    const ends = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    if (ends.aborted) return;
    const samples = this.#samples.subscribe(ends);
    this.#watchers += 1;
    try {
      this.#tick();
      yield* samples;
    } finally {
      this.#watchers -= 1;
    }
  }

  #schedule(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#closed.signal.aborted) return;
    this.#timer = setTimeout(() => this.#tick(), this.#watchers > 0 ? this.#intervals.watchedMs : this.#intervals.idleMs);
    this.#timer.unref();
  }

  #tick(): void {
    try {
      const sample = this.#sample();
      this.#history.add(sample);
      this.#samples.publish(sample);
    } catch (error) {
      // Monitoring that fails must not take the work it watches with it.
      this.#log.bug('monitor.sample', error);
    }
    this.#schedule();
  }

  #sample(): MonitorSample {
    const states = this.#sources.processes();
    const figures = this.#processes.read(states.map(({ pid }) => pid));
    return {
      at: Date.now(),
      ...this.#machine.read(),
      processes: states.map((state, index) => ({ ...state, residentBytes: null, cpu: null, ...figures[index] })),
      inference: this.#sources.inference(),
      documents: this.#sources.documents(),
      runs: this.#sources.runs(),
      gpus: [...this.#gpus.read()],
    };
  }
}
