import type { Source } from './source.ts';

/** The kinds of personal data that `scan` knows. */
export const findingTypes = [
  'cn-resident-id',
  'bank-card',
  'bank-account',
  'cn-mobile',
  'phone',
  'email',
  'cn-uscc',
  'iban',
  'ipv4',
] as const;
export type FindingType = (typeof findingTypes)[number];

/** One piece of personal data. `start` and `end` are UTF-16 offsets of the scanned text; `text` is exactly that slice. */
export type Finding = {
  readonly type: FindingType;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How sure the recogniser is, 0.5 to 1. */
  readonly score: number;
};

/** A hit in the folded text of a `Source`. */
export type Candidate = { readonly start: number; readonly end: number; readonly score: number };

/** Finds one kind of personal data: pattern, then checksum, then the words around it. */
export type Recogniser = {
  readonly type: FindingType;
  /** Texts in which exactly one finding of this type is found, with what it covers. Invented, checksums valid. */
  readonly examples: readonly { readonly text: string; readonly found: string; readonly masked: string }[];
  /** Texts in which this recogniser must find nothing. */
  readonly counterExamples: readonly string[];
  /** Must be linear in the length of the text. */
  find(source: Source): Iterable<Candidate>;
};
