import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EmbeddedFont, PDF } from '@libpdf/core';

export type Weight = 'regular' | 'bold';
/** What stands for a character, the font that has it, and its width at one point. */
type Sign = { readonly text: string; readonly font: EmbeddedFont; readonly width: number; readonly thickened: boolean };
/** `thickened`: the font has no bold, so its outline is drawn too. */
export type Run = { text: string; readonly font: EmbeddedFont; readonly thickened: boolean };

const require = createRequire(import.meta.url);
/** Digits and letters in circles and the like. */
const enclosed = /[\u2460-\u24FF\u3200-\u32FF\u{1F100}-\u{1F1FF}]/u;
/** Only says where a line may break. */
const invisible = /[\u00AD\u200B\u2060\uFEFF]/u;

/**
 * The fonts of a report, embedded so that it looks the same everywhere: Liberation Sans (which pdf.js ships) for what it
 * has, Droid Sans Fallback for Chinese. A character that neither has is shown as its compatible form where Unicode gives
 * one that they have (`Ⅷ` as `VIII`, `①` as `(1)`), and else as its code point, `[U+1F600]`; so right-to-left writing, for
 * which there is no font, stands in the order in which it is read. Each font is read when its first character comes.
 */
export class ReportFonts {
  readonly #pdf: PDF;
  readonly #files: Readonly<Record<Weight | 'chinese', string>>;
  readonly #fonts = new Map<string, EmbeddedFont>();
  readonly #signs: Readonly<Record<Weight, Map<string, Sign>>> = { regular: new Map(), bold: new Map() };

  /** `resources`: the application's folder with the fonts. */
  constructor(pdf: PDF, resources: string) {
    this.#pdf = pdf;
    const liberation = join(dirname(require.resolve('pdfjs-dist/package.json')), 'standard_fonts');
    this.#files = {
      regular: join(liberation, 'LiberationSans-Regular.ttf'),
      bold: join(liberation, 'LiberationSans-Bold.ttf'),
      chinese: join(resources, 'fonts', 'DroidSansFallbackFull.ttf'),
    };
  }

  /** The text with what stands for the characters that no font has, so that it is measured and broken as it is drawn. */
  shown(text: string, weight: Weight): string {
    if (/^[\n -~]*$/.test(text)) return text;
    return text.normalize('NFC').replace(/[^\n\r\v\f\u2028\u2029 -~]/gu, (character) => this.#sign(character, weight).text);
  }

  /** A line cut into stretches of one font each. */
  runs(text: string, weight: Weight): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const { text: sign, font, thickened } = this.#sign(character, weight);
      const last = runs.at(-1);
      if (last?.font === font) last.text += sign;
      else if (sign !== '') runs.push({ text: sign, font, thickened });
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
    const width = text === '' ? 0 : font.getTextWidth(text, 1000) / 1000;
    const sign = { text, font, width, thickened: weight === 'bold' && font === this.#fonts.get('chinese') };
    this.#signs[weight].set(character, sign);
    return sign;
  }

  #fontOf(character: string, weight: Weight): [string, EmbeddedFont] {
    const latin = this.#font(weight);
    if (invisible.test(character)) return ['', latin];
    if (/\s/u.test(character)) return [' ', latin];
    const font = this.#having(character, weight);
    if (font) return [character, font];
    const compatible = character.normalize('NFKC');
    const shown = enclosed.test(character) ? `(${compatible})` : compatible;
    const other = compatible === character ? null : this.#having(shown, weight);
    if (other) return [shown, other];
    const codePoint = character.codePointAt(0) ?? 0;
    return [`[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`, latin];
  }

  /** Controls are never drawn, even where a font has a picture for them. */
  #having(text: string, weight: Weight): EmbeddedFont | null {
    if (/[\p{Cc}\p{Cf}]/u.test(text)) return null;
    const latin = this.#font(weight);
    if (latin.canEncode(text)) return latin;
    // Most texts of a report in English never need the large font.
    if ([...text].every((sign) => sign <= '\u00FF')) return null;
    const chinese = this.#font('chinese');
    return chinese.canEncode(text) ? chinese : null;
  }

  #font(name: Weight | 'chinese'): EmbeddedFont {
    const known = this.#fonts.get(name);
    if (known) return known;
    const font = this.#pdf.embedFont(readFileSync(this.#files[name]));
    this.#fonts.set(name, font);
    return font;
  }
}
