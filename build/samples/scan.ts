import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { page } from './draw.ts';

/** A small deterministic generator (mulberry32), so that the same files come out every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type ScanLook = {
  readonly dpi: number;
  /** Clockwise, degrees. */
  readonly rotation: number;
  /** How much darker the far corner is than the near one, 0 to 1. */
  readonly shading: number;
  /** Largest brightness error of a pixel, 0 to 255. */
  readonly noise: number;
  /** Table around the paper, share of the page's width. */
  readonly border: number;
  readonly seed: number;
};

/** A page as a scanner or camera sees it: turned a little, unevenly lit, noisy, grey. */
export function scanOf(draw: (context: SKRSContext2D) => void, look: ScanLook): Canvas {
  const scale = look.dpi / 72;
  const border = look.border * page.width;
  const canvas = createCanvas(Math.round((page.width + 2 * border) * scale), Math.round((page.height + 2 * border) * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = look.border > 0 ? '#6b6b6b' : '#fdfdfd';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((look.rotation * Math.PI) / 180);
  context.scale(scale, scale);
  context.translate(-page.width / 2, -page.height / 2);
  context.fillStyle = '#fbfbfb';
  context.fillRect(0, 0, page.width, page.height);
  draw(context);
  degrade(canvas, look);
  return canvas;
}

function degrade(canvas: Canvas, { shading, noise, seed }: ScanLook): void {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  const image = context.getImageData(0, 0, width, height);
  const next = random(seed);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const light = 1 - shading * (0.65 * (x / width) + 0.35 * (y / height));
      // Steps of 8 keep the files small.
      const grey = Math.round((image.data[i]! * light + (next() - 0.5) * 2 * noise) / 8) * 8;
      image.data[i] = image.data[i + 1] = image.data[i + 2] = Math.max(0, Math.min(255, grey));
    }
  }
  context.putImageData(image, 0, 0);
}
