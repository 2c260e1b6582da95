/** What stands between two groups of digits. `far`: anything that no one writes inside a number. */
export type Gap = 'space' | 'hyphen' | 'dot' | 'break' | 'far';

/** A maximal run of ASCII digits. */
export type DigitGroup = {
  readonly start: number;
  readonly end: number;
  /** Letters glued to its left (at most 12 are kept), as in `ID1101…`. */
  readonly prefix: string;
  /** A letter is glued to its right. */
  readonly glued: boolean;
  /** From this group to the next. */
  readonly gap: Gap;
};

/** Consecutive groups read as one number. */
export type DigitWindow = {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Digits per group. */
  readonly shape: readonly number[];
  readonly gaps: readonly Gap[];
  readonly prefix: string;
  readonly glued: boolean;
};

const gapForms: readonly [Gap, RegExp][] = [
  ['space', /^[ \t]{1,2}$/],
  ['hyphen', /^ ?- ?$/],
  ['dot', /^\.$/],
  ['break', /^ {0,2}\r?\n {0,2}$/],
];

export function digitGroups(text: string): DigitGroup[] {
  const runs = [...text.matchAll(/[0-9]+/g)];
  return runs.map((run, position) => {
    const start = run.index;
    const end = start + run[0].length;
    const next = runs[position + 1]?.index;
    return {
      start,
      end,
      prefix: lettersBefore(text, start),
      glued: /[A-Za-z]/.test(text.charAt(end)),
      gap: next === undefined ? 'far' : gapOf(text, end, next),
    };
  });
}

function gapOf(text: string, from: number, to: number): Gap {
  if (to - from > 6) return 'far';
  const between = text.slice(from, to);
  return gapForms.find(([, form]) => form.test(between))?.[0] ?? 'far';
}

function lettersBefore(text: string, end: number): string {
  return /[A-Za-z]*$/.exec(text.slice(Math.max(0, end - 12), end))?.[0] ?? '';
}

/**
 * Every way to read consecutive groups of `text` as one number of `min` to `max` digits with only `gaps` inside. A
 * letter inside ends a window, so hashes and codes give none. At most `max` windows begin at a group: linear.
 * `opens` says where one may begin at all.
 */
export function* digitWindows(
  { text, groups }: { readonly text: string; readonly groups: readonly DigitGroup[] },
  {
    min,
    max,
    gaps,
    opens,
  }: { readonly min: number; readonly max: number; readonly gaps: readonly Gap[]; readonly opens?: (group: DigitGroup) => boolean },
): Generator<DigitWindow> {
  for (let first = 0; first < groups.length; first++) {
    const opening = groups[first] as DigitGroup;
    if (opens && !opens(opening)) continue;
    const shape: number[] = [];
    const used: Gap[] = [];
    let digits = '';
    for (let last = first; last < groups.length; last++) {
      const group = groups[last] as DigitGroup;
      const length = group.end - group.start;
      if ((last > first && group.prefix !== '') || digits.length + length > max) break;
      digits += text.slice(group.start, group.end);
      shape.push(length);
      if (digits.length >= min) {
        yield {
          start: opening.start,
          end: group.end,
          digits,
          shape: [...shape],
          gaps: [...used],
          prefix: opening.prefix,
          glued: group.glued,
        };
      }
      if (group.glued || !gaps.includes(group.gap)) break;
      used.push(group.gap);
    }
  }
}
