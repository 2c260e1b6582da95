import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Json } from '../contract/base.ts';

/** An input may hold a PIN, which a fast hash would give away to whoever reads the row. */
const cost = { N: 2 ** 14, r: 8, p: 1 };

/** A salted hash of a call with its whole input: `<salt>.<hash>`, base64url. */
export function hashInput(call: string, input: Json): string {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${hashOf(call, input, salt).toString('base64url')}`;
}

/** Is this the same call with exactly the same input? */
export function sameInput(call: string, input: Json, hash: string): boolean {
  const [salt = '', expected = ''] = hash.split('.');
  const found = hashOf(call, input, Buffer.from(salt, 'base64url'));
  const wanted = Buffer.from(expected, 'base64url');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

function hashOf(call: string, input: Json, salt: Buffer): Buffer {
  return scryptSync(canonicalJson([call, input]), salt, 32, cost);
}
