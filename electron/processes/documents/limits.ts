/** What one file may cost. A file over a limit fails alone, with an error that names the limit. */
export const limits = {
  /** Bytes of the file. */
  bytes: 256 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  pages: 5_000,
  /** Pixels of a picture, before it is decoded. */
  pixels: 120_000_000,
  /** Pixels of a page drawn for OCR; larger pages are drawn smaller. */
  ocrPixels: 12_000_000,
  /** Longest silence of a reader thread that works and is not waiting for OCR, ms. */
  silence: 30_000,
  /** Longest OCR of one page, ms. */
  ocrPage: 120_000,
  /** Longest reading of one file, ms. */
  file: 60 * 60 * 1000,
  /** JavaScript heap of one reader thread, MiB. */
  heap: 1024,
  /** Pages of one file that may hang or exhaust memory before the whole file fails. */
  badPages: 3,
} as const;

export type Limits = { readonly [K in keyof typeof limits]: number };
