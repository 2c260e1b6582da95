import { empty, tooLarge, unsupported, wrongExtension } from './errors.ts';
import type { Limits } from './limits.ts';
import { sniff, type Content } from './sniff.ts';

export type FormatName = 'pdf' | 'image' | 'text' | 'markdown';

const families: Partial<Record<Content, FormatName>> = {
  pdf: 'pdf',
  png: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  bmp: 'image',
  avif: 'image',
  text: 'text',
};
const promised: Readonly<Record<string, FormatName>> = {
  pdf: 'pdf',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  jpe: 'image',
  gif: 'image',
  webp: 'image',
  bmp: 'image',
  avif: 'image',
  txt: 'text',
  text: 'text',
  log: 'text',
  csv: 'text',
  tsv: 'text',
  json: 'text',
  xml: 'text',
  yaml: 'text',
  yml: 'text',
  md: 'markdown',
  markdown: 'markdown',
};
const names: Partial<Record<Content, string>> = {
  tiff: 'TIFF',
  dicom: 'DICOM',
  zip: 'Office or zip',
  ole: 'old Office',
  rtf: 'RTF',
  svg: 'SVG',
  html: 'HTML',
  unknown: 'this kind of',
};
const contentNames: Record<Content, string> = {
  pdf: 'a PDF document',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  gif: 'a GIF picture',
  webp: 'a WebP picture',
  bmp: 'a BMP picture',
  avif: 'an AVIF picture',
  tiff: 'a TIFF picture',
  dicom: 'a DICOM image',
  zip: 'a zip archive',
  ole: 'an old Office document',
  rtf: 'an RTF document',
  svg: 'an SVG drawing',
  html: 'a web page',
  text: 'plain text',
  unknown: 'something else',
};

/**
 * Decides by the bytes how to read a file, and refuses one whose name promises another kind. A name that promises a
 * format whose signature is missing is still tried (`damaged` follows), because broken files are common.
 */
export function chooseFormat(name: string, bytes: Uint8Array, limits: Limits): { format: FormatName; content: Content } {
  if (bytes.length === 0) throw empty();
  if (bytes.length > limits.bytes) throw tooLarge('bytes', bytes.length, limits.bytes);
  const extension = /\.([^./\\]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const content = sniff(bytes);
  const format = families[content];
  const promise = promised[extension];
  if (promise === undefined) {
    if (format === undefined) throw unsupported(names[content] ?? extension);
    return { format, content };
  }
  if (promise === 'text' || promise === 'markdown') {
    if (content === 'html' || content === 'svg') return { format: promise, content };
    if (format !== 'text') throw wrongExtension(extension, contentNames[content]);
    if (bytes.length > limits.textBytes) throw tooLarge('bytes', bytes.length, limits.textBytes);
    return { format: promise, content };
  }
  if (format === promise || content === 'unknown') return { format: promise, content };
  if (promise === 'pdf' && content === 'text' && looksLikePdfBody(bytes)) return { format: 'pdf', content: 'pdf' };
  if (isBlank(bytes)) throw empty();
  throw wrongExtension(extension, contentNames[content]);
}

/** A PDF whose header was lost still has objects. */
function looksLikePdfBody(bytes: Uint8Array): boolean {
  return /\b\d+ \d+ obj\b/.test(Buffer.from(bytes.subarray(0, 4096)).toString('latin1'));
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
