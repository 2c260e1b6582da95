import type { LeafContent } from '../audit/leaf.ts';
import type { Alert, AlertFacts, AlertRules } from '../contract/alerts.ts';
import type { WritableDb } from '../vault/database.ts';

/** What one rule found in one leaf. Findings of the same key are one alert; the newest tells its figures. */
export type Finding = {
  readonly key: string;
  readonly severity: Alert['severity'];
  readonly facts: AlertFacts;
  /** Sequences of the leaves that show it, oldest first. */
  readonly evidence: readonly number[];
};

/** A leaf left by a person, or by a try under a name that is nobody's (`personId` empty). */
export type SeenLeaf = LeafContent & { readonly personId: string };

/**
 * One rule. It is shown every leaf once, in order, inside the transaction that notes how far the log was looked at, so
 * what it remembers in its tables never counts a leaf twice.
 */
export type Detector = (leaf: SeenLeaf, rules: AlertRules, db: WritableDb) => Finding | null;

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** YYYY-MM-DD in the machine's zone. */
export function localDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
