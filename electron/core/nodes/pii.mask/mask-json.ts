import type { Json } from '../../contract/base.ts';
import type { FindingType } from '../../masking/finding.ts';
import { maskText, maskValue } from '../../masking/mask.ts';

/** What was masked and where; never the value itself. */
export type MaskedItem = { readonly type: FindingType; readonly masked: string; readonly path: string };

/** Shortest part of a known value that is masked where it stands alone. */
const shortestPart = 6;

/**
 * Masks personal data in every string, number and key of a JSON value. The key is read as the label of its value.
 * `known` are values found elsewhere in the same document: a model may give back only a part of one, which no pattern
 * recognises, and which is hidden all the same.
 */
export function maskJson(
  value: Json,
  types: readonly FindingType[],
  known: readonly { type: FindingType; text: string }[],
): { value: Json; items: MaskedItem[] } {
  const items: MaskedItem[] = [];
  const values = known.map(({ type, text }) => ({ type, text, plain: plain(text) }));

  const maskString = (text: string, key: string, path: string): string => {
    const lead = `${key}: `;
    const labelled = maskText(lead + text, { types });
    const kept = labelled.text.startsWith(lead);
    const alone = maskText(kept ? labelled.text.slice(lead.length) : text, { types });
    const found = [...(kept ? labelled.findings.filter(({ start }) => start >= lead.length) : []), ...alone.findings];
    for (const finding of found) items.push({ type: finding.type, masked: maskValue(finding), path });
    if (found.length > 0) return alone.text;
    const bare = plain(text);
    const whole = bare.length >= shortestPart ? values.find((value) => value.plain.includes(bare)) : undefined;
    if (!whole) return alone.text;
    const masked = whole.plain === bare ? maskValue(whole) : text.replace(/[\p{L}\p{N}]/gu, '*');
    items.push({ type: whole.type, masked, path });
    return masked;
  };

  const walk = (at: Json, key: string, path: string): Json => {
    if (typeof at === 'string') return maskString(at, key, path);
    if (typeof at === 'number') {
      const masked = maskString(String(at), key, path);
      return masked === String(at) ? at : masked;
    }
    if (Array.isArray(at)) return at.map((entry, index) => walk(entry, key, `${path}.${index}`));
    if (typeof at !== 'object' || at === null) return at;
    const masked: Record<string, Json> = {};
    for (const [name, entry] of Object.entries(at)) {
      const safe = maskText(name, { types }).text;
      let unique = safe;
      for (let copy = 2; Object.hasOwn(masked, unique); copy++) unique = `${safe} (${copy})`;
      Object.defineProperty(masked, unique, {
        value: walk(entry, name, `${path}.${safe}`),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return masked;
  };
  return { value: walk(value, '', '$'), items };
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}@.]/gu, '')
    .toLowerCase();
}
