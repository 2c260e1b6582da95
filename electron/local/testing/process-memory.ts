import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

const chunkBytes = 16 * 1024 * 1024;

/** The processes that `pid` started and that still run. Linux. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** The names of those needles whose bytes are somewhere in the readable memory of the process. Linux. */
export function findInMemory(pid: number, needles: ReadonlyMap<string, Buffer>): string[] {
  const longest = Math.max(...[...needles.values()].map(({ length }) => length));
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.allocUnsafe(chunkBytes + longest);
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) r/.exec(line) ?? [];
      if (from === undefined || to === undefined || /\[(?:vvar|vsyscall)/.test(line)) continue;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += chunkBytes) {
        const bytes = readAt(memory, chunk.subarray(0, Math.min(chunk.length, end - at)), at);
        for (const [name, needle] of needles) if (!found.has(name) && bytes.includes(needle)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
    chunk.fill(0);
  }
  return [...found].toSorted();
}

/** What can be read there; a page that was given back meanwhile cannot. */
function readAt(file: number, into: Buffer, at: number): Buffer {
  try {
    return into.subarray(0, readSync(file, into, 0, into.length, at));
  } catch {
    return into.subarray(0, 0);
  }
}
