import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const pdfjs = path.dirname(require.resolve('pdfjs-dist/package.json'));

/** pdf.js wants folders with a slash at the end, and takes them for URLs: forward slashes on every system. */
const folder = (name: string) => `${path.join(pdfjs, name).replaceAll('\\', '/')}/`;

/** Local files the parsers need. Nothing is ever fetched. */
export const assets = {
  standardFonts: folder('standard_fonts'),
  cMaps: folder('cmaps'),
  wasm: folder('wasm'),
  iccProfiles: folder('iccs'),
  languageFile: (language: string) =>
    path.join(path.dirname(require.resolve(`@tesseract.js-data/${language}/package.json`)), '4.0.0_best_int', `${language}.traineddata.gz`),
  textFont: path.join(resources(), 'fonts', 'DroidSansFallbackFull.ttf'),
} as const;

/** The nearest `resources` folder above this file: beside `electron/` in a checkout, beside the archive when packaged. */
function resources(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'resources');
    if (existsSync(path.join(candidate, 'fonts'))) return candidate;
    if (path.dirname(folder) === folder) return candidate;
  }
}
