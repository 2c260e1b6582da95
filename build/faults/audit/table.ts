export type Tally = Map<string, { tried: number; log: number; anchor: number; witness: number; missed: number }>;

/** Kinds of mutations and who noticed how many of them. */
export function showTable(tally: Tally): string[] {
  const rows = [...tally].toSorted(([left], [right]) => left.localeCompare(right, 'en'));
  const sum = { tried: 0, log: 0, anchor: 0, witness: 0, missed: 0 };
  for (const [, each] of rows) for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += each[name];
  const line = (kind: string, cells: readonly (string | number)[]) =>
    kind.padEnd(28) + cells.map((cell) => String(cell).padStart(9)).join('');
  return [
    line('mutation', ['tried', 'by log', 'by anchor', 'by witn.', 'missed']),
    ...[...rows, ['all', sum] as const].map(([kind, { tried, log, anchor, witness, missed }]) =>
      line(kind, [tried, log, anchor, witness, missed]),
    ),
  ];
}
