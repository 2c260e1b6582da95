export type CleanOptions = {
  /** Fold full-width letters and digits, and ligatures, to plain ones. Punctuation stays: Chinese is written with its own. */
  readonly compatibility: boolean;
  /** Join words that were broken with a hyphen at a line end. */
  readonly joinHyphens: boolean;
  /** Remove the spaces OCR leaves between Chinese characters. */
  readonly joinChinese: boolean;
  /** Several blanks become one, several empty lines one. */
  readonly collapse: boolean;
};

const han = '\\p{Script=Han}，。、；：？！（）《》“”';
const betweenHan = new RegExp(`(?<=[${han}])[ \\t]+(?=[${han}])`, 'gu');
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff]/g;

/** Cleans text from PDF and OCR without changing what it says. Idempotent and linear. */
export function clean(text: string, options: CleanOptions): string {
  let cleaned = text.replace(/\r\n?/g, '\n').replace(controls, '').normalize('NFC');
  if (options.compatibility) cleaned = cleaned.replace(/[\p{L}\p{Nd}]+/gu, (word) => word.normalize('NFKC'));
  if (options.joinHyphens) cleaned = cleaned.replace(/(?<=\p{Ll})-\n(?=\p{Ll})/gu, '');
  if (options.collapse) cleaned = collapse(cleaned);
  if (options.joinChinese) cleaned = cleaned.replace(betweenHan, '');
  return cleaned;
}

function collapse(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[ \t\u00a0\u3000]+/g, ' ').trim());
  return lines
    .filter((line, index) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
}
