/** A Chinese, Japanese or full-width sign (a line may break on either side), white space, or a word. */
const piece = /[\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF]|\s+|[^\s\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF]+/gu;

/** Breaks a text into lines no wider than `width`; a word that is wider by itself (a hash) breaks anywhere. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    const put = (part: string) => {
      if (line !== '' && measure((line + part).trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += line === '' ? part.trimStart() : part;
    };
    for (const [part] of paragraph.matchAll(piece)) {
      if (measure(part) <= width) put(part);
      else for (const sign of part) put(sign);
    }
    lines.push(line.trimEnd());
  }
  return lines;
}
