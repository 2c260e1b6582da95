import { Integer, Sequence, fromBER } from 'asn1js';
import { PublicKeyInfo } from 'pkijs';
import { concat, own, type Bytes } from './bytes.ts';

type Scheme = { readonly key: 'ec' | 'rsa'; readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512' };

/** What certificates and CMS signatures may be signed with (RFC 5758, RFC 8017). */
const schemes: Readonly<Record<string, Scheme>> = {
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'SHA-512' },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'SHA-512' },
};
const curves: Readonly<Record<string, { name: string; bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
};

export const oids = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecPublicKey: '1.2.840.10045.2.1',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** Does `signature` fit `data` under the SubjectPublicKeyInfo? False for an algorithm that is not taken here, RSA under 2048 bits included. */
export async function fits(algorithm: string, spki: Bytes, signature: Bytes, data: Bytes): Promise<boolean> {
  const scheme = schemes[algorithm];
  if (!scheme) return false;
  const { hash } = scheme;
  try {
    if (scheme.key === 'rsa') {
      const key = await crypto.subtle.importKey('spki', spki, { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['verify']);
      const { modulusLength = 0 } = key.algorithm as { modulusLength?: number };
      return modulusLength >= 2048 && (await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, data));
    }
    const curve = curveOf(spki);
    if (!curve) return false;
    const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: curve.name }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash }, key, rawSignature(signature, curve.bytes), data);
  } catch {
    return false;
  }
}

/** Does the Ed25519 `signature` fit `data` under the SubjectPublicKeyInfo? */
export async function fitsEd25519(spki: Bytes, signature: Bytes, data: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']);
    return signature.length === 64 && (await crypto.subtle.verify('Ed25519', key, signature, data));
  } catch {
    return false;
  }
}

function curveOf(spki: Bytes): { name: string; bytes: number } | undefined {
  const { algorithm } = new PublicKeyInfo({ schema: fromBER(spki.buffer).result });
  const parameters: unknown = algorithm.algorithmParams;
  const oid = (parameters as { valueBlock?: { toString(): string } } | undefined)?.valueBlock?.toString() ?? '';
  return algorithm.algorithmId === oids.ecPublicKey ? curves[oid] : undefined;
}

/** r and s of an ECDSA signature (RFC 3279, section 2.2.3), each filled up to the curve's length, as WebCrypto wants them. */
function rawSignature(der: Bytes, length: number): Bytes {
  const { result, offset } = fromBER(own(der).buffer);
  if (offset !== der.length || !(result instanceof Sequence) || result.valueBlock.value.length !== 2) throw new Error('no signature');
  const numbers = result.valueBlock.value.map((value) => {
    if (!(value instanceof Integer)) throw new Error('no signature');
    const bytes = own(value.valueBlock.valueHexView);
    const trimmed = bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => byte !== 0),
      ),
    );
    if ((bytes[0] ?? 0x80) >= 0x80 || trimmed.length > length) throw new Error('no signature');
    return concat(new Uint8Array(length - trimmed.length), trimmed);
  });
  return concat(...numbers);
}
