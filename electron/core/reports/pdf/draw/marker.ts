import type { RGB } from '@libpdf/core';
import type { Canvas } from '../canvas.ts';

/** A point of a line: each series has a form of its own. */
export function drawMarker(canvas: Canvas, series: number, x: number, y: number, color: RGB): void {
  const r = 2.6;
  switch (series % 4) {
    case 0:
      return canvas.circle(x, y, r, color);
    case 1:
      return canvas.fill(x - r + 0.3, y - r + 0.3, 2 * r - 0.6, 2 * r - 0.6, color);
    case 2:
      return canvas.shape(
        [
          [x - r - 0.3, y - r + 0.4],
          [x + r + 0.3, y - r + 0.4],
          [x, y + r + 0.6],
        ],
        color,
      );
    default:
      return canvas.shape(
        [
          [x - r - 0.6, y],
          [x, y - r - 0.6],
          [x + r + 0.6, y],
          [x, y + r + 0.6],
        ],
        color,
        1,
      );
  }
}
