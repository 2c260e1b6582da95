/**
 * Splits Markdown into top-level pieces at blank lines, so that while an answer grows only its last piece is parsed again.
 * Pieces joined by a blank line give the text back (up to the number of blank lines outside code fences). A fence is never
 * split, open or closed; a list keeps its items and their indented paragraphs together, so numbering and spacing stay right.
 * The same split serves growing and finished text: finishing changes nothing on the screen.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let blank = false;
  const close = () => {
    if (block.length > 0) blocks.push(block.join('\n'));
    block = [];
  };
  for (const line of text.split('\n')) {
    if (fence === null && line.trim() === '') {
      blank = true;
      continue;
    }
    if (blank && fence === null) {
      if (block.length > 0 && continues(block[0] ?? '', line)) block.push('');
      else close();
    }
    blank = false;
    block.push(line);
    fence = fenceAfter(fence, line);
  }
  close();
  return blocks;
}

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

/** Does `line`, after a blank line, still belong to the block that began with `first`? */
function continues(first: string, line: string): boolean {
  const indented = /^(?: {2,}|\t)/.test(line);
  if (listItem.test(first)) return indented || listItem.test(line);
  // Indented code and footnotes go on after a blank line as long as the indentation does.
  return indented && (/^(?: {4}|\t)/.test(first) || first.startsWith('[^'));
}

/** The marker of the code fence that is open after `line`, or null. */
function fenceAfter(open: string | null, line: string): string | null {
  const marker = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)$/.exec(line);
  const mark = marker?.[1];
  if (mark === undefined) return open;
  const rest = marker?.[2] ?? '';
  if (open === null) return mark.startsWith('`') && rest.includes('`') ? null : mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && rest.trim() === '';
  return closes ? null : open;
}

const definition = /^ {0,3}\[(?!\^)[^\]\n]+\]:[^\n]*$/gm;

/** The link reference definitions of `text`, one a line; a piece that uses one needs them beside it. */
export function linkDefinitions(text: string): string {
  return text.includes(']:') ? (text.match(definition) ?? []).slice(0, 200).join('\n') : '';
}
