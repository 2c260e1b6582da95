import { z } from 'zod';

/** Type of personal data → how often it was found. */
export const identifierCounts = z.record(z.string(), z.number().int().min(0));
export type IdentifierCounts = z.infer<typeof identifierCounts>;

export function countOf(types: readonly string[]): IdentifierCounts {
  return Object.fromEntries([...Map.groupBy(types, (type) => type)].map(([type, found]) => [type, found.length]));
}

export function sumOf(counts: readonly IdentifierCounts[]): IdentifierCounts {
  const total: Record<string, number> = {};
  for (const each of counts) for (const [type, found] of Object.entries(each)) total[type] = (total[type] ?? 0) + found;
  return total;
}
