import { groupLength, isRightGroup, readLookAlikes } from '../../../../electron/core/contract/code-groups.ts';

/** The groups of a printed code. */
export function groupsOf(code: string): string[] {
  return code.split(/[\s-]+/).filter(Boolean);
}

/** The characters that a person meant, without anything that only separates. */
export function cleaned(typed: string): string {
  return readLookAlikes(typed).replaceAll(/[^0-9A-Z]/g, '');
}

/**
 * `typed` (or pasted) into the group `from` of `count`, spread over it and the groups after it as far as it reaches;
 * `focus` is the group the caret goes to.
 */
export function spread(groups: readonly string[], from: number, typed: string, count: number): { groups: string[]; focus: number } {
  const text = cleaned(typed);
  const next = Array.from({ length: count }, (_, at) => groups[at] ?? '');
  next[from] = '';
  for (let at = from; at < count && (at - from) * groupLength < text.length; at += 1)
    next[at] = text.slice((at - from) * groupLength, (at - from + 1) * groupLength);
  return { groups: next, focus: Math.min(from + Math.floor(text.length / groupLength), count - 1) };
}

/** True once every group has all of its characters. */
export function complete(groups: readonly string[], count: number): boolean {
  return groups.length === count && groups.every((group) => group.length === groupLength);
}

/** Places (from 0) of the groups that are typed in full and hold a mistake. */
export function mistypedGroups(groups: readonly string[]): number[] {
  return groups.flatMap((group, place) => (group.length === groupLength && !isRightGroup(group, place) ? [place] : []));
}

/** The groups as core takes them. */
export function codeOf(groups: readonly string[]): string {
  return groups.join('-');
}
