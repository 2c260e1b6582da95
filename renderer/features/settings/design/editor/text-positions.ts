/** Where a line and column (from 1) of a text are, and the end of that line. Beyond the text: its end. */
export function positionOf(text: string, line: number, column: number): { readonly at: number; readonly end: number } {
  let start = 0;
  for (let past = 1; past < line; past += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) return { at: text.length, end: text.length };
    start = next + 1;
  }
  const found = text.indexOf('\n', start);
  const end = found === -1 ? text.length : found;
  return { at: Math.min(end, start + Math.max(0, column - 1)), end };
}

/** What to put in place of a selection so that `what` stands on a line of its own. */
export function ownLineInsert(text: string, from: number, to: number, what: string): string {
  const before = from === 0 || text[from - 1] === '\n' ? '' : '\n';
  const after = text[to] === '\n' ? '' : '\n';
  return `${before}${what}${after}`;
}
