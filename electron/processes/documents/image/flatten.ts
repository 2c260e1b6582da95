import type { GrayImage } from './gray.ts';

/** Side of the tiles on which the paper's brightness is estimated, pixels. */
const tile = 48;

/**
 * Takes shading out of a photographed page: the paper's brightness is estimated per tile (its 90th percentile, smoothed
 * over neighbours), interpolated, and every pixel is scaled so that paper becomes white. Evenly lit pages pass unchanged.
 */
export function flattenShading(image: GrayImage): GrayImage {
  const { width, height, pixels } = image;
  const columns = Math.ceil(width / tile);
  const rows = Math.ceil(height / tile);
  const paper = smooth(paperPerTile(image, columns, rows), columns, rows);
  if (spread(paper) < 20) return image;
  const flat = new Uint8Array(pixels.length);
  for (let y = 0, i = 0; y < height; y++) {
    const fy = clamp((y + 0.5) / tile - 0.5, rows - 1);
    const y0 = Math.floor(fy);
    const y1 = Math.min(rows - 1, y0 + 1);
    for (let x = 0; x < width; x++, i++) {
      const fx = clamp((x + 0.5) / tile - 0.5, columns - 1);
      const x0 = Math.floor(fx);
      const x1 = Math.min(columns - 1, x0 + 1);
      const top = paper[y0 * columns + x0]! * (1 - fx + x0) + paper[y0 * columns + x1]! * (fx - x0);
      const bottom = paper[y1 * columns + x0]! * (1 - fx + x0) + paper[y1 * columns + x1]! * (fx - x0);
      flat[i] = Math.min(255, (pixels[i]! * 250) / (top * (1 - fy + y0) + bottom * (fy - y0)));
    }
  }
  return { width, height, pixels: flat };
}

function paperPerTile({ width, height, pixels }: GrayImage, columns: number, rows: number): Float32Array {
  const paper = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      histogram.fill(0);
      const yEnd = Math.min(height, (row + 1) * tile);
      const xEnd = Math.min(width, (column + 1) * tile);
      for (let y = row * tile; y < yEnd; y++) for (let x = column * tile; x < xEnd; x++) histogram[pixels[y * width + x]!]! += 1;
      let above = Math.ceil((yEnd - row * tile) * (xEnd - column * tile) * 0.1);
      let value = 255;
      while (value > 0 && (above -= histogram[value]!) > 0) value -= 1;
      paper[row * columns + column] = Math.max(40, value);
    }
  }
  return paper;
}

/** The largest of the 3×3 neighbours, then their mean: tiles that are all ink take their neighbours' paper. */
function smooth(values: Float32Array, columns: number, rows: number): Float32Array {
  return around(
    around(values, columns, rows, (near) => Math.max(...near)),
    columns,
    rows,
    (near) => near.reduce((sum, value) => sum + value, 0) / near.length,
  );
}

function around(values: Float32Array, columns: number, rows: number, combine: (near: number[]) => number): Float32Array {
  return values.map((_, index) => {
    const near: number[] = [];
    const row = Math.floor(index / columns);
    const column = index % columns;
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) near.push(values[y * columns + x]!);
    return combine(near);
  });
}

const spread = (values: Float32Array) => values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255);
const clamp = (value: number, largest: number) => Math.max(0, Math.min(largest, value));
