/** Characters that draw nothing or reorder what is around them: an address must not look like another one. */
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;

/** An address as it can be shown: deceptive characters as `\u{…}`, cut at `limit` characters. */
export function visibleAddress(address: string, limit = 300): string {
  const shown = address.replace(deceptive, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
  return shown.length > limit ? `${shown.slice(0, limit)}…` : shown;
}
