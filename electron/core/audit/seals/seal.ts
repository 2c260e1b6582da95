import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Hash } from '../merkle.ts';

/** What a seal says: the first `size` leaves have this root, seal `epoch` - 1 came before it, and the next one is signed by `nextKey`. */
export type SealContent = {
  /** Counts from 0, one seal each. */
  readonly epoch: number;
  /** By the wall clock, milliseconds since the epoch. */
  readonly at: number;
  readonly size: number;
  readonly root: Hash;
  /** `sealHash` of the seal before, 32 zeros for the first. */
  readonly previous: Hash;
  /** Raw Ed25519 public key. */
  readonly nextKey: Uint8Array;
};
export type Seal = SealContent & { readonly signature: Uint8Array };

/** What stands before the first seal. */
export const noSeal: Hash = new Uint8Array(32);

/** The text that is signed with the key of the epoch, whose private part is destroyed in the same transaction. */
function sealBody(origin: string, { epoch, at, size, root, previous, nextKey }: SealContent): string {
  const bytes = [root, previous, nextKey].map((each) => Buffer.from(each).toString('base64'));
  return `redoubt-seal/1\n${[origin, epoch, at, size, ...bytes].join('\n')}\n`;
}

export function signSeal(origin: string, content: SealContent, key: KeyObject): Seal {
  return { ...content, signature: sign(null, Buffer.from(sealBody(origin, content)), key) };
}

/** Is it signed by this raw public key? */
export function isSealedBy(origin: string, seal: Seal, publicKey: Uint8Array): boolean {
  if (publicKey.length !== rawKeyBytes) return false;
  return verify(null, Buffer.from(sealBody(origin, seal)), rawPublicKey(publicKey), seal.signature);
}

/** What the next seal names: SHA-256 over the signed text and its signature. */
export function sealHash(origin: string, seal: Seal): Hash {
  return createHash('sha256').update(sealBody(origin, seal)).update(seal.signature).digest();
}

/** The log's key says which key the first epoch has. */
export function signStart(origin: string, firstKey: Uint8Array, logKey: KeyObject): Uint8Array {
  return sign(null, startBody(origin, firstKey), logKey);
}

export function isStartedBy(origin: string, firstKey: Uint8Array, signature: Uint8Array, logKey: KeyObject): boolean {
  return verify(null, startBody(origin, firstKey), logKey, signature);
}

/** The 32 bytes of an Ed25519 public key. */
export function rawOf(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function startBody(origin: string, firstKey: Uint8Array): Buffer {
  return Buffer.from(`redoubt-seal-start/1\n${origin}\n${Buffer.from(firstKey).toString('base64')}\n`);
}

const rawKeyBytes = 32;
/** SubjectPublicKeyInfo of an Ed25519 key without the 32 bytes of the key (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function rawPublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
}
