import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '../errors.ts';

/** Signature types of the C2SP signed-note format: 1 a plain Ed25519 signature, 4 a timestamped cosignature (tlog-cosignature v1). */
export const noteSignature = 1;
export const noteCosignature = 4;
export type NoteKeyType = typeof noteSignature | typeof noteCosignature;

/** A public key by the name under which it signs notes. */
export type NoteKey = { readonly name: string; readonly type: NoteKeyType; readonly raw: Buffer; readonly publicKey: KeyObject };

const form = /^(?<name>[^\s+\p{C}]{1,200})\+(?<id>[0-9a-f]{8})\+(?<key>[A-Za-z0-9+/]{44})$/u;

export function noteKey(name: string, type: NoteKeyType, publicKey: KeyObject): NoteKey {
  return { name, type, raw: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'), publicKey };
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key)[0..4]. */
export function keyIdOf({ name, type, raw }: NoteKey): Buffer {
  return createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(raw).digest().subarray(0, 4);
}

/** `name+key id in hex+base64(type ‖ public key)`, the verifier key of a signed note. */
export function formatNoteKey(key: NoteKey): string {
  return `${key.name}+${keyIdOf(key).toString('hex')}+${Buffer.concat([Uint8Array.of(key.type), key.raw]).toString('base64')}`;
}

/** @throws AppError `witness/bad-key` for any text but an Ed25519 key of the wanted type in its one spelling */
export function parseNoteKey(text: string, type: NoteKeyType): NoteKey {
  const { name, key } = form.exec(text)?.groups ?? {};
  const bytes = Buffer.from(key ?? '', 'base64');
  if (!name || bytes.length !== 33 || bytes[0] !== type) throw badKey();
  const raw = bytes.subarray(1);
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  } catch {
    throw badKey();
  }
  const parsed: NoteKey = { name, type, raw, publicKey };
  if (formatNoteKey(parsed) !== text) throw badKey();
  return parsed;
}

function badKey(): AppError {
  return new AppError(
    'witness/bad-key',
    'This is not the key of a witness, or a character of it is wrong. Nothing was changed. Copy the whole key again.',
  );
}
