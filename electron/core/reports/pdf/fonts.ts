import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EmbeddedFont, PDF } from '@libpdf/core';

export type Weight = 'regular' | 'bold';
/** A character, the font that has it, and its width at one point. */
type Sign = { readonly text: string; readonly font: EmbeddedFont; readonly width: number };
export type Run = { readonly text: string; readonly font: EmbeddedFont };

const require = createRequire(import.meta.url);

/**
 * The fonts of a report, embedded so that it looks the same everywhere: Liberation Sans (which pdf.js ships) for what it
 * has, Droid Sans Fallback for Chinese.
 */
export class ReportFonts {
  readonly #latin: Readonly<Record<Weight, EmbeddedFont>>;
  readonly #chinese: EmbeddedFont;
  readonly #signs: Readonly<Record<Weight, Map<string, Sign>>> = { regular: new Map(), bold: new Map() };

  constructor(pdf: PDF, resources: string) {
    const liberation = join(dirname(require.resolve('pdfjs-dist/package.json')), 'standard_fonts');
    const embed = (file: string) => pdf.embedFont(readFileSync(file));
    this.#latin = {
      regular: embed(join(liberation, 'LiberationSans-Regular.ttf')),
      bold: embed(join(liberation, 'LiberationSans-Bold.ttf')),
    };
    this.#chinese = embed(join(resources, 'fonts', 'DroidSansFallbackFull.ttf'));
  }

  /** The text cut into stretches of one font each; a character that no font has becomes a question mark. */
  runs(text: string, weight: Weight): Run[] {
    const runs: { text: string; font: EmbeddedFont }[] = [];
    for (const character of text) {
      const { text: sign, font } = this.#sign(character, weight);
      const last = runs.at(-1);
      if (last?.font === font) last.text += sign;
      else runs.push({ text: sign, font });
    }
    return runs;
  }

  /** Width in points. */
  width(text: string, size: number, weight: Weight): number {
    let width = 0;
    for (const character of text) width += this.#sign(character, weight).width;
    return width * size;
  }

  #sign(character: string, weight: Weight): Sign {
    const known = this.#signs[weight].get(character);
    if (known) return known;
    const [text, font] = this.#fontOf(character, weight);
    const sign = { text, font, width: font.getTextWidth(text, 1000) / 1000 };
    this.#signs[weight].set(character, sign);
    return sign;
  }

  #fontOf(character: string, weight: Weight): [string, EmbeddedFont] {
    const latin = this.#latin[weight];
    if (/\s/u.test(character)) return [' ', latin];
    if (latin.canEncode(character)) return [character, latin];
    return this.#chinese.canEncode(character) ? [character, this.#chinese] : ['?', latin];
  }
}
