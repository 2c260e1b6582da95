/** Text with full-width and other compatibility forms folded to ASCII, and where each unit came from. */
export type Folded = {
  readonly text: string;
  /** Offset in the original of the first unit behind `text[index]`. */
  startOf(index: number): number;
  /** Offset in the original just after `text[index]`. */
  endOf(index: number): number;
};

const asciiOnly = /^[\x00-\x7f]*$/;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;

/**
 * Folds what scanners, OCR and input methods write in place of ASCII: full-width and mathematical digits and letters
 * (Unicode NFKC), dashes, odd spaces; drops invisible characters, which otherwise hide a number from any pattern.
 */
export function fold(text: string): Folded {
  if (asciiOnly.test(text)) return { text, startOf: (index) => index, endOf: (index) => index + 1 };
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let offset = 0;
  for (const character of text) {
    const folded = foldCharacter(character);
    const end = offset + character.length;
    for (let unit = 0; unit < folded.length; unit++) {
      const same = folded === character;
      starts.push(same ? offset + unit : offset);
      ends.push(same ? offset + unit + 1 : end);
    }
    parts.push(folded);
    offset = end;
  }
  return { text: parts.join(''), startOf: (index) => starts[index] ?? text.length, endOf: (index) => ends[index] ?? text.length };
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xa0 || (code >= 0x3041 && code <= 0x9fff)) return character;
  if (invisible.test(character)) return '';
  if (dashes.test(character)) return '-';
  const plain = character.normalize('NFKC');
  return asciiOnly.test(plain) ? plain : character;
}
