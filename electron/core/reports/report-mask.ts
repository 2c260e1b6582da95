import { createHash } from 'node:crypto';
import type { Json } from '../contract/base.ts';
import { findingTypes, type FindingType } from '../masking/finding.ts';
import { maskText } from '../masking/mask.ts';
import { maskJson } from '../nodes/pii.mask/mask-json.ts';

/** Personal data that is known to stand in a document, with its masked form. */
export type KnownFinding = { readonly type: string; readonly text: string; readonly masked: string };

/** Characters of a result's text that a report shows; of a longer one it gives length and hash. */
const longestText = 400;

/** Identifiers and digests, which only look like numbers of persons. */
const technical = /^(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Takes personal data out of what goes into a report: what the recognisers find, and what they found in the document. */
export class ReportMask {
  readonly #known: readonly { readonly pattern: RegExp; readonly masked: string }[];
  readonly #values: readonly { readonly type: FindingType; readonly text: string }[];

  constructor(known: readonly KnownFinding[] = []) {
    const distinct = [...new Map(known.map((finding) => [finding.text, finding])).values()];
    this.#known = distinct.map(({ text, masked }) => ({ pattern: patternOf(text), masked }));
    this.#values = distinct.flatMap(({ type, text }) => findingTypes.filter((known) => known === type).map((type) => ({ type, text })));
  }

  text(text: string): string {
    if (technical.test(text)) return text;
    let masked = text;
    for (const known of this.#known) masked = masked.replace(known.pattern, () => known.masked);
    return maskText(masked).text;
  }

  /**
   * The value with every text, number and member name masked, member names read as labels, parts of known values hidden
   * too, and long texts as `{ characters, sha256 }`.
   */
  json(value: Json): Json {
    return this.#walk(maskJson(value, findingTypes, this.#values).value);
  }

  #walk(value: Json): Json {
    if (typeof value === 'string') return shorten(this.text(value));
    if (typeof value === 'number') {
      const masked = this.text(String(value));
      return masked === String(value) ? value : masked;
    }
    if (Array.isArray(value)) return value.map((element) => this.#walk(element));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [this.text(name), this.#walk(member)]));
  }

  /** True if nothing in the value would be masked. */
  isClean(value: Json): boolean {
    if (typeof value === 'string' || typeof value === 'number') return this.text(String(value)) === String(value);
    if (Array.isArray(value)) return value.every((element) => this.isClean(element));
    if (value === null || typeof value !== 'object') return true;
    return Object.entries(value).every(([name, member]) => this.isClean(name) && this.isClean(member));
  }
}

function shorten(masked: string): Json {
  if (masked.length <= longestText) return masked;
  return { characters: masked.length, sha256: createHash('sha256').update(masked).digest('hex') };
}

/** The value however it is spaced: models drop and add spaces and hyphens. */
function patternOf(text: string): RegExp {
  const signs = [...text.replace(/[\s-]+/gu, '')].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/]/u, String.raw`\$&`));
  return new RegExp(signs.join(String.raw`[\s-]*`), 'giu');
}
