import { readdirSync, readFileSync } from 'node:fs';

/** These processes and all that they started, as /proc tells (Linux). */
export function withDescendants(processIds: readonly number[]): number[] {
  const childrenOf = Map.groupBy(running(), ({ parent }) => parent);
  const found = new Set<number>();
  const visit = (pid: number): void => {
    if (found.has(pid)) return;
    found.add(pid);
    for (const child of childrenOf.get(pid) ?? []) visit(child.pid);
  };
  processIds.forEach(visit);
  return [...found];
}

function running(): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // `pid (name) state ppid …`: the name may hold anything, also brackets.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent }];
      } catch {
        return [];
      }
    });
}
