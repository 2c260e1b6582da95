import { memo } from 'react';
import type { DocumentPage, Word } from '../../../../electron/core/contract/index.ts';
import classes from './viewer.module.css';

const measureSize = 100;
let canvas: CanvasRenderingContext2D | null = null;

/** The words as transparent text where the picture shows them, so that they can be selected, copied and found. */
export const TextLayer = memo(function TextLayer({ page }: { readonly page: DocumentPage }) {
  return (
    <div className={classes['text']}>
      {page.words.map((word, index) => (
        <span key={index} style={placeOf(word, page)}>
          {word.text}{' '}
        </span>
      ))}
    </div>
  );
});

function placeOf({ text, box: [x0, y0, x1, y1] }: Word, { width, height }: DocumentPage): React.CSSProperties {
  const size = y1 - y0;
  const natural = (textWidth(text) / measureSize) * size;
  return {
    left: `${(x0 / width) * 100}%`,
    top: `${(y0 / height) * 100}%`,
    // The sheet is a size container: 100cqh is the height of the page.
    fontSize: `${(size / height) * 100}cqh`,
    transform: natural > 0 ? `scaleX(${((x1 - x0) / natural).toFixed(4)})` : undefined,
  };
}

function textWidth(text: string): number {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return 0;
  canvas.font = `${measureSize}px sans-serif`;
  return canvas.measureText(text).width;
}
