/**
 * Keys on paper, as core writes them and the page reads them: groups of four Crockford base32 characters and a fifth that
 * checks them and their place. Plain code without zod, so that the page can name a mistyped group while it is typed.
 */

/** No I, L, O, U. */
export const codeSymbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const groupLength = 5;
export const recoveryCodeGroups = 9;
export const shareGroups = 17;

/** Capitals, with the look-alikes O, I, L read as what they stand for; what separates groups stays. */
export function readLookAlikes(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

/**
 * The character that makes Σ αⁱ·cᵢ = place in GF(32), with the check character at i = 0. Distinct weights: one wrong
 * character, or any two exchanged, always change the sum. Null where a character is none. `place` counts from 0.
 */
export function checkCharacter(group: string, place: number): string | null {
  let sum = (place % 31) + 1;
  for (const [index, character] of [...group].entries()) {
    const value = codeSymbols.indexOf(character);
    if (value < 0) return null;
    sum ^= times(power(index + 1), value);
  }
  return codeSymbols[sum] ?? null;
}

/** True where all characters of the group are there and agree with one another and with its place (from 0). */
export function isRightGroup(group: string, place: number): boolean {
  return group.length === groupLength && checkCharacter(group.slice(0, -1), place) === group.at(-1);
}

function power(exponent: number): number {
  let value = 1;
  for (let i = 0; i < exponent; i += 1) value = times(value, 2);
  return value;
}

/** Product in GF(2⁵) with x⁵ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 8; bit >= 5; bit -= 1) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
  return product;
}
