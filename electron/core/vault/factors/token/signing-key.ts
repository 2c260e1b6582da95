import { createHash, createPublicKey } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import type { Pkcs11Module } from './addon.ts';

/** A private key of a token that signs: its handle, CKA_ID and label, and the public key. */
export type SigningKey = {
  readonly handle: Handle;
  readonly id: Buffer;
  readonly label: string;
  readonly algorithm: 'ecdsa-p256' | 'rsa';
  readonly bits: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
};

const leastBits = 2048;
/** The curve P-256 as CKA_EC_PARAMS names it: a DER object identifier. */
const p256 = Buffer.from('06082a8648ce3d030107', 'hex');
/** DigestInfo of SHA-256 (RFC 8017, section 9.2): a token that only signs raw RSA blocks gets it from us. */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Keys of the logged-in token that sign: EC P-256, and RSA of 2048 bits or more; only that of `id` where it is given. */
export function signingKeys(api: Pkcs11Module, library: PKCS11, session: Handle, id?: Buffer): SigningKey[] {
  const find = (type: number) => {
    library.C_FindObjectsInit(session, [
      { type: api.CKA_CLASS, value: api.CKO_PRIVATE_KEY },
      { type: api.CKA_KEY_TYPE, value: type },
      { type: api.CKA_TOKEN, value: true },
      { type: api.CKA_SIGN, value: true },
      ...(id === undefined ? [] : [{ type: api.CKA_ID, value: id }]),
    ]);
    try {
      return library.C_FindObjects(session, 64);
    } finally {
      library.C_FindObjectsFinal(session);
    }
  };
  const ec = find(api.CKK_EC).map((handle) => describeEc(api, library, session, handle));
  const rsa = find(api.CKK_RSA).map((handle) => describeRsa(api, library, session, handle));
  return [...ec, ...rsa].filter((key) => key !== null);
}

/** Signs SHA-256 of `data`: ECDSA as DER (r, s), or RSASSA-PKCS1-v1_5. */
export async function signWithToken(
  api: Pkcs11Module,
  library: PKCS11,
  session: Handle,
  key: SigningKey,
  data: Uint8Array,
): Promise<Buffer> {
  const digest = createHash('sha256').update(data).digest();
  if (key.algorithm === 'rsa') {
    library.C_SignInit(session, { mechanism: api.CKM_RSA_PKCS }, key.handle);
    return Buffer.from(await library.C_SignAsync(session, Buffer.concat([sha256Info, digest]), Buffer.alloc(key.bits / 8)));
  }
  library.C_SignInit(session, { mechanism: api.CKM_ECDSA }, key.handle);
  return ecdsaDer(Buffer.from(await library.C_SignAsync(session, digest, Buffer.alloc(64))));
}

/** r ‖ s as the SEQUENCE of two INTEGERs that everything else uses (RFC 3279, section 2.2.3). */
function ecdsaDer(raw: Buffer): Buffer {
  const integer = (part: Buffer) => {
    const first = part.findIndex((byte) => byte !== 0);
    const trimmed = first < 0 ? Buffer.alloc(1) : part.subarray(first);
    const value = (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed;
    return Buffer.concat([Buffer.from([0x02, value.length]), value]);
  };
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32, 64))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function describeRsa(api: Pkcs11Module, library: PKCS11, session: Handle, handle: Handle): SigningKey | null {
  const types = [api.CKA_ID, api.CKA_LABEL, api.CKA_MODULUS, api.CKA_PUBLIC_EXPONENT];
  const [id, label, modulus, exponent] = attributes(library, session, handle, types);
  if (!id || !modulus || !exponent || id.length === 0) return null;
  const n = modulus.subarray(
    Math.max(
      0,
      modulus.findIndex((byte) => byte !== 0),
    ),
  );
  if (n.length * 8 < leastBits) return null;
  const key = createPublicKey({ key: { kty: 'RSA', n: n.toString('base64url'), e: exponent.toString('base64url') }, format: 'jwk' });
  return { handle, id, label: name(label), algorithm: 'rsa', bits: n.length * 8, publicKey: key.export({ format: 'der', type: 'spki' }) };
}

/** The point stands in the public key object; a private one need not have it. */
function describeEc(api: Pkcs11Module, library: PKCS11, session: Handle, handle: Handle): SigningKey | null {
  const [id, label, curve] = attributes(library, session, handle, [api.CKA_ID, api.CKA_LABEL, api.CKA_EC_PARAMS]);
  if (!id || id.length === 0 || !curve?.equals(p256)) return null;
  library.C_FindObjectsInit(session, [
    { type: api.CKA_CLASS, value: api.CKO_PUBLIC_KEY },
    { type: api.CKA_ID, value: id },
  ]);
  let publicHandles: Handle[];
  try {
    publicHandles = library.C_FindObjects(session, 1);
  } finally {
    library.C_FindObjectsFinal(session);
  }
  const [publicHandle] = publicHandles;
  const [wrapped] = publicHandle ? attributes(library, session, publicHandle, [api.CKA_EC_POINT]) : [];
  // An OCTET STRING around the point; a few tokens give the bare point.
  const point = wrapped?.length === 67 ? wrapped.subarray(2) : wrapped;
  if (point?.length !== 65 || point[0] !== 4) return null;
  const jwk = { kty: 'EC', crv: 'P-256', x: point.toString('base64url', 1, 33), y: point.toString('base64url', 33) };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return { handle, id, label: name(label), algorithm: 'ecdsa-p256', bits: 256, publicKey: key.export({ format: 'der', type: 'spki' }) };
}

function attributes(library: PKCS11, session: Handle, handle: Handle, types: readonly number[]): Buffer[] {
  try {
    return library
      .C_GetAttributeValue(
        session,
        handle,
        types.map((type) => ({ type })),
      )
      .map(({ value }) => value);
  } catch {
    return [];
  }
}

function name(label: Buffer | undefined): string {
  return label?.toString('utf8').replaceAll('\0', '').trim() ?? '';
}
