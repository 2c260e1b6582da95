import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Word } from '../../../core/contract/documents.ts';
import { cellWidth, splitWords } from '../../../core/documents/scripts.ts';

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
type TextItem = Extract<TextContent['items'][number], { str: string }>;
type TextStyle = TextContent['styles'][string];

/** [a, b, c, d, e, f] as in PDF: x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly number[];
type Point = readonly [number, number];

/** What can stand in a PDF's text without being text: C0 controls but the white space, and the byte order mark. */
const controls = /[\0-\x08\x0e-\x1f\x7f\ufeff]/g;

/**
 * Turns pdf.js text items (in the order of the page's content) into page text and words with boxes.
 * `toPage` maps PDF space to page units with the origin at the top left (a viewport's transform).
 */
export function pageText(content: TextContent, toPage: Matrix): { text: string; words: Word[] } {
  let text = '';
  const words: Word[] = [];
  let separator: '' | ' ' | '\n' = '';
  let before: Frame | null = null;
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const characters = item.str.replace(controls, '').toWellFormed();
    if (characters.trim() !== '') {
      const frame = frameOf(item, content.styles[item.fontName], toPage);
      if (before && separator !== '\n') separator = between(before, frame, separator);
      let done = 0;
      for (const token of splitWords(characters)) {
        if (token.start > done && separator === '') separator = ' ';
        text += (text === '' ? '' : separator) + token.text;
        words.push({ text: token.text, confidence: 1, box: boxOf(frame, characters, token.start, token.start + token.text.length) });
        separator = '';
        done = token.start + token.text.length;
      }
      if (done < characters.length) separator = ' ';
      before = frame;
    } else if (characters !== '' && separator === '') separator = ' ';
    if (item.hasEOL) separator = '\n';
  }
  return { text, words };
}

/** Where an item lies on the page: start of its baseline, unit vectors along and across it, and its measures. */
type Frame = {
  readonly origin: Point;
  readonly along: Point;
  readonly up: Point;
  readonly length: number;
  readonly ascent: number;
  readonly descent: number;
};

function frameOf(item: TextItem, style: TextStyle | undefined, toPage: Matrix): Frame {
  const [a, b, c, d, e, f] = item.transform as number[];
  const origin = apply(toPage, [e!, f!], 1);
  const size = Math.hypot(c!, d!) || Math.hypot(a!, b!) || 1;
  const scale = Math.hypot(toPage[0]!, toPage[1]!) || 1;
  const right = unit(apply(toPage, [a!, b!], 0));
  const up = unit(apply(toPage, [c!, d!], 0));
  if (style?.vertical) {
    const down: Point = [-up[0], -up[1]];
    return { origin, along: down, up: right, length: item.height * scale, ascent: (size * scale) / 2, descent: (-size * scale) / 2 };
  }
  const ascent = usable(style?.ascent, 0.5, 1.2) ?? 0.85;
  const descent = usable(style?.descent, -0.5, 0) ?? -0.22;
  return { origin, along: right, up, length: item.width * scale, ascent: ascent * size * scale, descent: descent * size * scale };
}

/** A break or space where the page shows one although the content holds none. */
function between(before: Frame, after: Frame, separator: '' | ' '): '' | ' ' | '\n' {
  const height = Math.max(1, before.ascent - before.descent);
  const end: Point = [before.origin[0] + before.along[0] * before.length, before.origin[1] + before.along[1] * before.length];
  const step: Point = [after.origin[0] - end[0], after.origin[1] - end[1]];
  const across = Math.abs(step[0] * before.up[0] + step[1] * before.up[1]);
  const along = step[0] * before.along[0] + step[1] * before.along[1];
  if (across > height * 0.6 || along < -height * 2) return '\n';
  return separator === ' ' || along > height * 0.18 ? ' ' : '';
}

function boxOf(frame: Frame, characters: string, start: number, end: number): [number, number, number, number] {
  const total = advance(characters) || 1;
  const from = (advance(characters.slice(0, start)) / total) * frame.length;
  const to = (advance(characters.slice(0, end)) / total) * frame.length;
  const corners = [from, to].flatMap((along) =>
    [frame.ascent, frame.descent].map((up): Point => [
      frame.origin[0] + frame.along[0] * along + frame.up[0] * up,
      frame.origin[1] + frame.along[1] * along + frame.up[1] * up,
    ]),
  );
  const xs = corners.map(([x]) => round(x));
  const ys = corners.map(([, y]) => round(y));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** pdf.js gives an item's width only; its characters share it as they would in a typical proportional font. */
function advance(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (cellWidth(character) === 2) sum += 1;
    else if (/[ijl.,:;'|!ftr()[\] ]/.test(character)) sum += 0.3;
    else if (/[A-Zmw@%]/.test(character)) sum += 0.7;
    else sum += 0.55;
  }
  return sum;
}

function apply(m: Matrix, [x, y]: Point, translate: 0 | 1): Point {
  return [m[0]! * x + m[2]! * y + translate * m[4]!, m[1]! * x + m[3]! * y + translate * m[5]!];
}

function unit([x, y]: Point): Point {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

const usable = (value: number | undefined, lowest: number, highest: number) =>
  value !== undefined && Number.isFinite(value) && value !== 0 && value >= lowest && value <= highest ? value : undefined;
const round = (value: number) => (Number.isFinite(value) ? Math.round(value * 100) / 100 : 0);
