import { hkdfSync, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../audit/canonical-json.ts';
import type { KeyRing } from '../key-ring.ts';
import { factor, type Factor } from './factor.ts';
import { unwrap, wrap } from './gcm.ts';
import { newKeyPair, seal, unseal } from './sealed-box.ts';

const slotKinds = ['password', 'token', 'recovery', 'custodians'] as const;

/** Object keys of epochs are decimal numbers. */
const epochName = z.string().regex(/^[1-9]\d{0,8}$/);

/** One way to open the vault. */
export const slot = z.strictObject({
  id: z.uuid(),
  version: z.literal(2),
  kind: z.enum(slotKinds),
  /** Keyed hash of the user name, so that the file lists no names. Null for slots that belong to nobody. */
  person: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  label: z.string().max(120),
  createdAt: z.number().int(),
  factors: z.array(factor).min(1).max(4),
  /** X25519, base64. Vault keys are sealed to it, so that replacing the vault key needs nobody's secret. */
  publicKey: z.base64().length(44),
  /** X25519, wrapped under the key that the factors give together. */
  privateKey: z.base64().max(128),
  /** The vault key of each epoch, sealed to `publicKey`. */
  sealed: z.record(epochName, z.string().max(256)),
});
export type Slot = z.infer<typeof slot>;

export type NewSlot = Pick<Slot, 'kind' | 'person' | 'label' | 'factors'> & { readonly id?: string };

/** A slot that `secrets` (one for each factor, in their order; the caller wipes them) opens to every key of the ring. */
export function createSlot(vaultId: string, wanted: NewSlot, secrets: readonly Uint8Array[], ring: KeyRing): Slot {
  const pair = newKeyPair();
  const open = {
    id: wanted.id ?? randomUUID(),
    version: 2 as const,
    kind: wanted.kind,
    person: wanted.person,
    label: wanted.label,
    createdAt: Date.now(),
    factors: wanted.factors,
    publicKey: pair.publicKey.toString('base64'),
  };
  const key = slotKey(open, secrets);
  try {
    const made: Slot = { ...open, privateKey: wrap(key, pair.privateKey, context(vaultId, open)), sealed: {} };
    return [...ring.keys].reduce((each, [epoch, vaultKey]) => sealToSlot(vaultId, each, epoch, vaultKey), made);
  } finally {
    key.fill(0);
    pair.privateKey.fill(0);
  }
}

/** The slot with the vault key of an epoch added. */
export function sealToSlot(vaultId: string, to: Slot, epoch: number, vaultKey: Uint8Array): Slot {
  const sealed = seal(Buffer.from(to.publicKey, 'base64'), vaultKey, sealedContext(vaultId, to, epoch));
  return { ...to, sealed: { ...to.sealed, [epoch]: sealed } };
}

/** The slot with exactly the keys of the ring: a slot that was prepared before the vault key was replaced holds others. */
export function fitToRing(vaultId: string, of: Slot, ring: KeyRing): Slot {
  const kept = Object.fromEntries(Object.entries(of.sealed).filter(([epoch]) => ring.keys.has(Number(epoch))));
  const missing = [...ring.keys].filter(([epoch]) => kept[String(epoch)] === undefined);
  return missing.reduce((each, [epoch, vaultKey]) => sealToSlot(vaultId, each, epoch, vaultKey), { ...of, sealed: kept });
}

/**
 * The vault keys by epoch, which the caller wipes. Throws a plain Error where a secret is wrong or the slot was
 * changed: the two cannot be told apart, and what to say about it depends on the factors.
 */
export function openSlot(vaultId: string, from: Slot, secrets: readonly Uint8Array[]): Map<number, Buffer> {
  const key = slotKey(from, secrets);
  const keys = new Map<number, Buffer>();
  let privateKey: Buffer | null = null;
  try {
    privateKey = unwrap(key, from.privateKey, context(vaultId, from));
    const publicKey = Buffer.from(from.publicKey, 'base64');
    for (const [name, sealed] of Object.entries(from.sealed)) {
      const epoch = Number(name);
      keys.set(epoch, unseal(privateKey, publicKey, sealed, sealedContext(vaultId, from, epoch)));
    }
    return keys;
  } catch (error) {
    for (const each of keys.values()) each.fill(0);
    throw error;
  } finally {
    key.fill(0);
    privateKey?.fill(0);
  }
}

/** HKDF-SHA-256 over the secrets of all factors, each with its length before it. */
function slotKey(of: { id: string; factors: readonly Factor[] }, secrets: readonly Uint8Array[]): Buffer {
  if (secrets.length !== of.factors.length) throw new Error('one secret for each factor');
  const parts = secrets.flatMap((secret) => [Buffer.from(Uint32Array.of(secret.length).buffer), secret]);
  const all = Buffer.concat(parts);
  try {
    return Buffer.from(hkdfSync('sha256', all, of.id, 'redoubt/2/slot', 32));
  } finally {
    all.fill(0);
  }
}

/** Everything of a slot but what changes with the vault key, and the wrapped key itself. */
function context(vaultId: string, of: Omit<Slot, 'privateKey' | 'sealed'>): string {
  const { id, version, kind, person, label, createdAt, factors, publicKey } = of;
  return canonicalJson([vaultId, id, version, kind, person, label, createdAt, factors, publicKey]);
}

function sealedContext(vaultId: string, of: Pick<Slot, 'id' | 'publicKey'>, epoch: number): string {
  return canonicalJson([vaultId, of.id, of.publicKey, epoch]);
}
