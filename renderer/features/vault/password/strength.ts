/** How well a password stands up to offline guessing, as three steps a person can act on. */
export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** Equal to the contract's `minimumPasswordLength`; a test holds them together. */
export const minimumLength = 8;

/** Rough bits: distinct characters' classes times the length, with runs and repeats counted once. A hint, never a gate. */
export function strengthOf(password: string): Strength {
  const characters = [...password];
  if (characters.length < minimumLength) return 'short';
  const effective = characters.filter((character, at) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[at - 1]?.codePointAt(0) ?? -100);
    return Math.abs(step) > 1;
  }).length;
  const bits = effective * Math.log2(alphabetOf(password));
  return bits < 45 ? 'weak' : bits < 70 ? 'fair' : 'strong';
}

function alphabetOf(password: string): number {
  let size = 0;
  if (/[a-z]/.test(password)) size += 26;
  if (/[A-Z]/.test(password)) size += 26;
  if (/\d/.test(password)) size += 10;
  if (/[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\s]/.test(password)) size += 33;
  if (/[^\u0000-\u007f]/.test(password)) size += 400;
  return Math.max(size, 2);
}
