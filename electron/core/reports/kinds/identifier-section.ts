import type { Section } from '../blocks.ts';
import { table, text } from './blocks.ts';
import type { IdentifierCounts } from './identifiers.ts';
import { findingName, type Words } from './words.ts';

/** Kinds of personal data and how often each was found, the most frequent first. */
export function identifierSection(counts: IdentifierCounts, words: Words): Section {
  const { title, head, none } = words.identifiers;
  const rows = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([type, found]) => [findingName(type, words), String(found)]);
  return { id: 'identifiers', title, blocks: [rows.length === 0 ? text(none) : table(head, [9, -3], rows)] };
}
