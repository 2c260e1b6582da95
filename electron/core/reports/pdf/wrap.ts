/** Han, kana, Hangul and full-width signs: a line may break on either side, but not before closing or after opening ones. */
const wide = '\\u2E80-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF\\uFE30-\\uFE4F\\uFF00-\\uFFEF\\u{20000}-\\u{3FFFF}';
const opening = '“‘（《〈「『【〔［｛';
const closing = '”’，。、；：？！）》〉」』】〕］｝…—·';
const piece = new RegExp(`\\s+|[${opening}]*[${wide}][${closing}]*|[^\\s${wide}]+`, 'gu');
/** Where a word that is wider than the line breaks first. */
const part = /[^-_/\\.,:;=&?@\]]*[-_/\\.,:;=&?@\]]+|[^-_/\\.,:;=&?@\]]+/gu;
let segmenter: Intl.Segmenter | null = null;

/** Breaks a text into lines no wider than `width`; a word that is wider by itself (a hash) breaks anywhere. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.normalize('NFC').split(/\r\n|[\n\r\u2028\u2029\v\f]/)) {
    let line = '';
    let used = 0;
    const end = () => {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    };
    const put = (next: string, size: number) => {
      if (line !== '' && used + measure(next.trimEnd()) > width) end();
      const shown = line === '' && lines.length > 0 ? next.trimStart() : next;
      line += shown;
      used += shown === next ? size : measure(shown);
    };
    for (const [next] of paragraph.matchAll(piece)) {
      const size = measure(next);
      if (size <= width) put(next, size);
      else for (const smaller of broken(next, width, measure)) put(smaller, measure(smaller));
    }
    end();
  }
  return lines;
}

function* broken(word: string, width: number, measure: (text: string) => number): Generator<string> {
  for (const [smaller] of word.matchAll(part)) {
    if (measure(smaller) <= width) yield smaller;
    else yield* signsOf(smaller);
  }
}

/** The text if it fits, or its beginning with an ellipsis. */
export function shorten(text: string, width: number, measure: (text: string) => number): string {
  const single = text.replace(/\s+/g, ' ').trim();
  if (measure(single) <= width) return single;
  const characters = signsOf(single.slice(0, 500));
  let kept = characters.length;
  while (kept > 0 && measure(`${characters.slice(0, kept).join('').trimEnd()}…`) > width) kept -= 1;
  return `${characters.slice(0, kept).join('').trimEnd()}…`;
}

/** What a reader takes for one sign. */
function signsOf(text: string): string[] {
  if (/^[\x20-\x7E]*$/.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
