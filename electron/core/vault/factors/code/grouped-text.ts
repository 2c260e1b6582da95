import { createHash } from 'node:crypto';
import { checkCharacter, groupLength, isRightGroup, readLookAlikes } from '../../../contract/code-groups.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';

/**
 * Text for a key on paper: groups of four Crockford base32 characters and a fifth that checks them and their place,
 * then one group that checks the whole. Any one wrong character, two exchanged characters of a group and exchanged
 * groups are all recognised, and the group they are in is named.
 */

/** `purpose` keeps texts for different uses apart. The bytes' number must be a multiple of five, at most 75. */
export function encodeGroups(bytes: Uint8Array, purpose: string): string {
  const text = encodeBase32(bytes) + summary(bytes, purpose);
  const groups = text.match(/.{4}/g) ?? [];
  return groups.map((group, index) => group + checkCharacter(group, index)).join('-');
}

export type Decoded =
  | { readonly ok: true; readonly bytes: Buffer }
  /** Groups (from 1) that hold a mistake; empty where each is right and the whole is not of this purpose. */
  | { readonly ok: false; readonly groups: readonly number[] };

/** Reads what a person typed: case, spaces, dashes and the look-alikes O, I, L do not matter. The caller wipes the bytes. */
export function decodeGroups(typed: string, byteLength: number, purpose: string): Decoded {
  const expected = (byteLength * 8) / 20 + 1;
  const groups = split(typed, expected);
  const wrong = Array.from({ length: Math.max(expected, groups.length) }, (_, index) => index + 1).filter((number) => {
    return number > expected || !isRightGroup(groups[number - 1] ?? '', number - 1);
  });
  if (wrong.length > 0) return { ok: false, groups: wrong };
  const bytes = decodeBase32(
    groups
      .slice(0, -1)
      .map((group) => group.slice(0, 4))
      .join(''),
  );
  if (groups.at(-1)?.slice(0, 4) === summary(bytes, purpose)) return { ok: true, bytes };
  bytes.fill(0);
  return { ok: false, groups: [] };
}

function split(typed: string, expected: number): string[] {
  const parts = readLookAlikes(typed)
    .split(/[^0-9A-Z]+/)
    .filter((part) => part !== '');
  const all = parts.join('');
  // Where characters are missing or too many, whoever kept the groups apart gets the right one named.
  if (all.length !== expected * groupLength && parts.length === expected) return parts;
  return all.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? [];
}

/** The first 20 bits of SHA-256 as four characters. */
function summary(bytes: Uint8Array, purpose: string): string {
  const digest = createHash('sha256').update(`redoubt/2/${purpose}\0`).update(bytes).digest();
  return encodeBase32(digest.subarray(0, 5)).slice(0, 4);
}
