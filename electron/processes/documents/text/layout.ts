import type { Word } from '../../../core/contract/documents.ts';
import { cellWidth, splitWords } from '../../../core/documents/scripts.ts';

/** Page units are points of an A4 page. */
export const pageWidth = 595;
export const pageHeight = 842;
export const rowHeight = 12;
const cell = 5.35;
const margin = 30;
const columns = Math.floor((pageWidth - 2 * margin) / cell);
const tab = 4;

/** Lays text out on a grid of cells (two for a full-width character), wrapping long lines; the text itself stays as it is. */
export function layOutPage(text: string): { words: Word[]; height: number } {
  const words: Word[] = [];
  let row = 0;
  for (const line of text.split('\n')) {
    let column = 0;
    let done = 0;
    for (const token of splitWords(line)) {
      for (const character of line.slice(done, token.start)) column += character === '\t' ? tab - (column % tab) : cellWidth(character);
      done = token.start + token.text.length;
      for (const piece of pieces(token.text, column)) {
        const width = cells(piece);
        if (column + width > columns && column > 0) {
          row += 1;
          column = 0;
        }
        words.push({ text: piece, box: box(row, column, width), confidence: 1 });
        column += width;
      }
    }
    row += 1;
  }
  return { words, height: 2 * margin + row * rowHeight };
}

/** A word longer than the rest of its row is cut only when it would not fit a whole row, or has no spaces inside by nature. */
function pieces(word: string, column: number): string[] {
  const width = cells(word);
  if (column + width <= columns || (width <= columns && cellWidth(word) === 1)) return [word];
  const found: string[] = [];
  let piece = '';
  let used = Math.min(column, columns - 2);
  for (const character of word) {
    const next = cellWidth(character);
    if (used + next > columns) {
      found.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += next;
  }
  found.push(piece);
  return found.filter((part) => part !== '');
}

const cells = (word: string) => Array.from(word).reduce((sum, character) => sum + cellWidth(character), 0);

function box(row: number, column: number, width: number): [number, number, number, number] {
  const x = margin + column * cell;
  const y = margin + row * rowHeight;
  return [round(x), y, round(x + width * cell), y + rowHeight];
}

const round = (value: number) => Math.round(value * 100) / 100;
