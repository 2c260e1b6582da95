import { z } from 'zod';
import { canonicalJson } from '../../audit/canonical-json.ts';
import { toText, type Bytes } from './bytes.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.number().int().min(0);

/**
 * What a verifier needs of `report.json`. What the report says of its matter is signed like all of it and not read here:
 * a verifier of today also takes kinds of report that are made later.
 */
const envelope = z.looseObject({
  format: z.literal('redoubt-report/2'),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  language: z.string(),
  createdAt: z.number().int(),
  createdBy: z.string(),
  vaultId: z.string(),
  software: z.looseObject({ name: z.literal('Redoubt'), version: z.string() }),
  organisation: z.looseObject({ name: z.string() }).nullable(),
  classification: z.string().nullable(),
  template: z.looseObject({ name: z.string() }).nullable(),
  sections: z.array(z.looseObject({ id: z.string(), title: z.string() })),
  audit: z.looseObject({
    origin: z.string(),
    checkpoint: z.string(),
    publicKey: z.string(),
    leaves: z.array(z.strictObject({ sequence: whole, leaf: z.string().nullable(), leafHash: hash, proof: z.array(hash) })),
    witness: z.looseObject({
      cosigned: z.strictObject({ size: whole, checkpoint: z.string(), consistency: z.array(hash) }).nullable(),
    }),
  }),
  suite: z.string(),
  rootCertificateSha256: hash,
});
export type Envelope = z.infer<typeof envelope>;

/** Null for anything but a report in canonical form (RFC 8785). */
export function readEnvelope(bytes: Bytes): Envelope | null {
  try {
    const text = toText(bytes);
    const value: unknown = JSON.parse(text);
    return isCanonical(text, value) ? envelope.parse(value) : null;
  } catch {
    return null;
  }
}

/**
 * Is the text the one canonical spelling of its value (RFC 8785)? That is what `JSON.stringify` writes of an object whose
 * members are sorted; its own code is ten times as fast as ours on the 30 MB that a report may have. Where the two may
 * differ (names that are numbers, halves of surrogate pairs), ours decides.
 */
export function isCanonical(text: string, value: unknown): boolean {
  if (JSON.stringify(value) === text && !/\\ud[89a-f]/i.test(text) && isSorted(value)) return true;
  return canonicalJson(value as Parameters<typeof canonicalJson>[0]) === text;
}

function isSorted(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let last = '';
  let first = true;
  for (const [name, member] of Object.entries(value)) {
    if ((!first && name <= last) || !isSorted(member)) return false;
    last = name;
    first = false;
  }
  return true;
}
