/** An 8-bit grey picture, row by row, 0 black. */
export type GrayImage = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Turns RGBA into grey by ITU-R BT.601 luma; transparent pixels become white paper. */
export function toGray(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): GrayImage {
  const pixels = new Uint8Array(width * height);
  for (let i = 0, j = 0; j < pixels.length; i += 4, j++) {
    const alpha = rgba[i + 3]!;
    const luma = (77 * rgba[i]! + 151 * rgba[i + 1]! + 28 * rgba[i + 2]!) >> 8;
    pixels[j] = alpha === 255 ? luma : 255 - (((255 - luma) * alpha) >> 8);
  }
  return { width, height, pixels };
}

/** True for a page with nothing on it: no pixel differs visibly from the paper. */
export function isBlank({ pixels }: GrayImage): boolean {
  let darkest = 255;
  let lightest = 0;
  for (const value of pixels) {
    if (value < darkest) darkest = value;
    if (value > lightest) lightest = value;
  }
  return lightest - darkest < 24;
}

/** A binary PGM (netpbm P5), which the OCR engine reads without any decoding. */
export function toPgm({ width, height, pixels }: GrayImage): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const pgm = new Uint8Array(header.length + pixels.length);
  pgm.set(header);
  pgm.set(pixels, header.length);
  return pgm;
}
