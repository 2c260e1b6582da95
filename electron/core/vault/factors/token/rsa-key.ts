import { createPublicKey, randomBytes } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import type { Pkcs11Module } from './addon.ts';

/** An RSA key pair of a token: the private key's handle, its CKA_ID and the public key. */
export type TokenKey = { readonly handle: Handle; readonly id: Buffer; /** SubjectPublicKeyInfo, base64. */ readonly publicKey: string };

const bits = 2048;
/** CKZ_DATA_SPECIFIED, which the addon does not name. */
const dataSpecified = 1;
const publicExponent = Buffer.from([1, 0, 1]);

/** RSA private keys of the logged-in token that may decrypt, of 2048 bits or more; only that of `id` where it is given. */
export function decryptingKeys(api: Pkcs11Module, library: PKCS11, session: Handle, id?: Buffer): TokenKey[] {
  const template = [
    { type: api.CKA_CLASS, value: api.CKO_PRIVATE_KEY },
    { type: api.CKA_KEY_TYPE, value: api.CKK_RSA },
    { type: api.CKA_TOKEN, value: true },
    { type: api.CKA_DECRYPT, value: true },
    ...(id === undefined ? [] : [{ type: api.CKA_ID, value: id }]),
  ];
  library.C_FindObjectsInit(session, template);
  let handles: Handle[];
  try {
    handles = library.C_FindObjects(session, 64);
  } finally {
    library.C_FindObjectsFinal(session);
  }
  return handles.map((handle) => describe(api, library, session, handle)).filter((key) => key !== null);
}

/** Makes a key pair in the token; the private key cannot leave it. Takes up to a minute on a smart card. */
export async function generateKey(api: Pkcs11Module, library: PKCS11, session: Handle): Promise<TokenKey | null> {
  const id = randomBytes(16);
  const common = [
    { type: api.CKA_TOKEN, value: true },
    { type: api.CKA_ID, value: id },
    { type: api.CKA_LABEL, value: 'Redoubt' },
  ];
  const publicTemplate = [
    ...common,
    { type: api.CKA_ENCRYPT, value: true },
    { type: api.CKA_MODULUS_BITS, value: bits },
    { type: api.CKA_PUBLIC_EXPONENT, value: publicExponent },
  ];
  const privateTemplate = [
    ...common,
    { type: api.CKA_PRIVATE, value: true },
    { type: api.CKA_SENSITIVE, value: true },
    { type: api.CKA_EXTRACTABLE, value: false },
    { type: api.CKA_DECRYPT, value: true },
  ];
  const mechanism = { mechanism: api.CKM_RSA_PKCS_KEY_PAIR_GEN };
  const { privateKey } = await library.C_GenerateKeyPairAsync(session, mechanism, publicTemplate, privateTemplate);
  return describe(api, library, session, privateKey);
}

/** RSA-OAEP with SHA-1 and MGF1-SHA-1: the one set of parameters that every token knows. The caller wipes the answer. */
export async function decrypt(api: Pkcs11Module, library: PKCS11, session: Handle, key: TokenKey, wrapped: Buffer): Promise<Buffer> {
  const parameter = { type: api.CK_PARAMS_RSA_OAEP, hashAlg: api.CKM_SHA_1, mgf: api.CKG_MGF1_SHA1, source: dataSpecified };
  library.C_DecryptInit(session, { mechanism: api.CKM_RSA_PKCS_OAEP, parameter }, key.handle);
  const room = Buffer.alloc(wrapped.length);
  try {
    return Buffer.from(await library.C_DecryptAsync(session, wrapped, room));
  } finally {
    room.fill(0);
  }
}

function describe(api: Pkcs11Module, library: PKCS11, session: Handle, handle: Handle): TokenKey | null {
  const wanted = [{ type: api.CKA_ID }, { type: api.CKA_MODULUS }, { type: api.CKA_PUBLIC_EXPONENT }];
  let values: Buffer[];
  try {
    values = library.C_GetAttributeValue(session, handle, wanted).map(({ value }) => value);
  } catch {
    // A key whose public half the token does not tell is of no use here.
    return null;
  }
  const [id, modulus, exponent] = values;
  if (!id || !modulus || !exponent) return null;
  const n = trimmed(modulus);
  if (n.length * 8 < bits || exponent.length === 0) return null;
  const jwk = { kty: 'RSA', n: n.toString('base64url'), e: trimmed(exponent).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' }).toString('base64');
  return { handle, id, publicKey };
}

function trimmed(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  return number.subarray(Math.max(first, 0));
}
