export type Retention = { readonly daily: number; readonly weekly: number; readonly monthly: number };
export type Dated = { readonly id: string; readonly createdAt: number };

/**
 * Grandfather, father, son: which snapshots to keep. The newest of each of the last `daily` days that have one, of the last
 * `weekly` weeks and of the last `monthly` months. Days are counted by the snapshots there are, not by the clock, so a wrong
 * clock removes nothing early. `newestFirst` is in the order they were made; days, weeks and months are local time.
 */
export function keptSnapshots(newestFirst: readonly Dated[], keep: Retention): Set<string> {
  const kept = new Set<string>();
  const rules: readonly [count: number, period: (date: Date) => string][] = [
    [keep.daily, dayOf],
    [keep.weekly, weekOf],
    [keep.monthly, (date) => `${date.getFullYear()}-${date.getMonth()}`],
  ];
  for (const [count, period] of rules) {
    const seen = new Set<string>();
    for (const { id, createdAt } of newestFirst) {
      const name = period(new Date(createdAt));
      if (seen.has(name) || seen.size >= count) continue;
      seen.add(name);
      kept.add(id);
    }
  }
  return kept;
}

const dayOf = (date: Date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

/** The Monday it began with. */
function weekOf(date: Date): string {
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - ((date.getDay() + 6) % 7)));
}
