import { readFileSync } from 'node:fs';

export type ProcessFigures = { readonly residentBytes: number | null; readonly cpu: number | null };
type Reading = {
  readonly residentBytes: number;
  readonly cpuMs: number;
  /** Tells a process from a later one that got the same id. */
  readonly startedAt: string;
};
type Previous = Reading & { readonly readAt: number };

/** Linux counts processor time in hundredths of a second on every architecture we run on (USER_HZ). */
const msPerTick = 10;

/**
 * Memory and processor share of single processes. On Linux of any of our processes, from /proc; elsewhere Node tells
 * only of its own process, and the others stay null.
 */
export class ProcessMeter {
  readonly #previous = new Map<number, Previous>();
  readonly #read: (pid: number) => Reading | null;

  constructor(platform: NodeJS.Platform = process.platform) {
    this.#read = platform === 'linux' ? readFromProc : readOwn;
  }

  /** Figures of the given processes, in their order. Processes not asked for any more are forgotten. */
  read(pids: readonly (number | null)[]): ProcessFigures[] {
    const now = performance.now();
    const figures = pids.map((pid) => (pid === null ? absent : this.#one(pid, now)));
    for (const pid of this.#previous.keys()) if (!pids.includes(pid)) this.#previous.delete(pid);
    return figures;
  }

  #one(pid: number, now: number): ProcessFigures {
    const reading = this.#read(pid);
    const before = this.#previous.get(pid);
    if (!reading) {
      this.#previous.delete(pid);
      return absent;
    }
    this.#previous.set(pid, { ...reading, readAt: now });
    const comparable = before !== undefined && before.startedAt === reading.startedAt && now > before.readAt;
    const cpu = comparable ? Math.max(0, (reading.cpuMs - before.cpuMs) / (now - before.readAt)) : null;
    return { residentBytes: reading.residentBytes, cpu };
  }
}

const absent: ProcessFigures = { residentBytes: null, cpu: null };

function readFromProc(pid: number): Reading | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return parseProc(readFileSync(`/proc/${pid}/stat`, 'utf8'), status);
  } catch {
    return null;
  }
}

/** Reads `/proc/<pid>/stat` and `/proc/<pid>/status` (proc(5)); null when they are not of a living process. */
export function parseProc(stat: string, status: string): Reading | null {
  // The second field is the program's name in brackets and may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, startedAt] = [fields[11], fields[12], fields[19]];
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (user === undefined || system === undefined || startedAt === undefined || resident === undefined) return null;
  return { residentBytes: Number(resident) * 1024, cpuMs: (Number(user) + Number(system)) * msPerTick, startedAt };
}

function readOwn(pid: number): Reading | null {
  if (pid !== process.pid) return null;
  const { user, system } = process.cpuUsage();
  return { residentBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000, startedAt: '' };
}
