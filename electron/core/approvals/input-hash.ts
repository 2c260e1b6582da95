import { scryptSync } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Json } from '../contract/base.ts';

/** An input may hold a PIN, which a fast hash would give away to whoever reads the row. */
const cost = { N: 2 ** 14, r: 8, p: 1 };

/** A slow hash of one person's call with its whole input, the same for the same; base64url. The person's random id is the salt. */
export function hashInput(personId: string, call: string, input: Json): string {
  return scryptSync(canonicalJson([call, input]), personId, 32, cost).toString('base64url');
}
