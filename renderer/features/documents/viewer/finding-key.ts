import type { DocumentFinding } from '../../../../electron/core/contract/index.ts';

/** Tells findings of one document apart. */
export function findingKey({ page, start, end, type }: DocumentFinding): string {
  return `${page}:${start}-${end}:${type}`;
}
