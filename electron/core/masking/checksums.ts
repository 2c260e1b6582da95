/** Luhn (ISO/IEC 7812-1 annex B) over a string of digits. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let position = 0; position < digits.length; position++) {
    const digit = digits.charCodeAt(digits.length - 1 - position) - 48;
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The 18th character of a resident id number for its first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function residentCheckCharacter(first17: string): string {
  const sum = residentWeights.reduce<number>((total, weight, index) => total + weight * (first17.charCodeAt(index) - 48), 0);
  return '10X98765432'.charAt(sum % 11);
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The 18th character of a unified social credit code for its first 17 (GB 32100-2015, MOD 31-3), or '' if one is not of its alphabet. */
export function socialCreditCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    const value = creditAlphabet.indexOf(character);
    if (value < 0) return '';
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return creditAlphabet.charAt((31 - (sum % 31)) % 31);
}

/** ISO 7064 MOD 97-10 over an IBAN without spaces, in capitals (ISO 13616). */
export function ibanIsValid(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
