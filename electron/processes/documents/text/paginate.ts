/** Most characters of one page of plain text: what fits an A4 page of small print. */
const pageCharacters = 3000;
/** How far back from the end of a page a good place to cut is looked for. */
const slack = 1000;

/** Cuts long text into pages: at form feeds, and inside them before a heading, at a blank line, a line or a sentence end, in that order. */
export function paginate(text: string): string[] {
  const pages: string[] = [];
  for (const part of text.split('\f')) {
    let start = 0;
    while (part.length - start > pageCharacters) {
      const end = start + cutPosition(part.slice(start, start + pageCharacters));
      pages.push(part.slice(start, end));
      start = end;
    }
    pages.push(part.slice(start));
  }
  const trimmed = pages.map((page) => page.replace(/^\n+|\s+$/g, '')).filter((page) => page !== '');
  return trimmed.length > 0 ? trimmed : [''];
}

function cutPosition(window: string): number {
  const tail = window.slice(-slack);
  const offset = window.length - tail.length;
  for (const end of [/\n(?=#{1,6} )/g, /\n\s*\n/g, /\n/g, /[。！？；]|[.!?;](?=\s)/g, /\s/g]) {
    const last = [...tail.matchAll(end)].at(-1);
    if (last) return offset + last.index + last[0].length;
  }
  // Never between the halves of a surrogate pair.
  return /[\ud800-\udbff]$/.test(window) ? window.length - 1 : window.length;
}
