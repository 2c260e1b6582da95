import { digitGroups, type DigitGroup } from './digits.ts';
import { fold } from './fold.ts';

/** A text made ready for the recognisers; what several of them need is worked out once. */
export type Source = {
  readonly original: string;
  /** The folded text that recognisers read. */
  readonly text: string;
  readonly groups: readonly DigitGroup[];
  /** Original offsets of a span of the folded text. */
  span(start: number, end: number): { start: number; end: number };
};

export function sourceOf(original: string): Source {
  const folded = fold(original);
  return {
    original,
    text: folded.text,
    groups: digitGroups(folded.text),
    span: (start, end) => ({ start: folded.startOf(start), end: folded.endOf(end - 1) }),
  };
}
