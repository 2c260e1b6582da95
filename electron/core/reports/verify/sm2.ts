import { BitString, Sequence, fromBER } from 'asn1js';
import { sm2, sm3 } from 'sm-crypto-v2';
import { own, toHex, type Bytes } from './bytes.ts';
import type { Certificate } from './certificates.ts';

export const sm2Oids = {
  ecPublicKey: '1.2.840.10045.2.1',
  curve: '1.2.156.10197.1.301',
  /** SM2 with SM3. */
  signature: '1.2.156.10197.1.501',
} as const;

/** The signer's identifier where none was agreed (GM/T 0009). */
export const sm2Id = '1234567812345678';

export function sm3Hex(bytes: Bytes): string {
  return sm3(bytes);
}

/** Does the SM2 signature (DER) fit `data` under the certificate's key? */
export function fitsSm2(certificate: Certificate, signature: Bytes, data: Bytes): boolean {
  const point = pointOf(certificate.spki);
  if (!point) return false;
  try {
    return sm2.doVerifySignature(data, toHex(signature), point, { der: true, hash: true, userId: sm2Id });
  } catch {
    return false;
  }
}

/** Is it an SM2 certificate that signs itself? */
export function isSm2Root(certificate: Certificate): boolean {
  return (
    certificate.ca &&
    !certificate.strange &&
    certificate.algorithm === sm2Oids.signature &&
    certificate.usage?.signature !== false &&
    fitsSm2(certificate, certificate.signature, certificate.tbs)
  );
}

/** The uncompressed point of an SM2 key as hexadecimal text, null for any other key. */
function pointOf(spki: Bytes): string | null {
  const { result } = fromBER(own(spki).buffer);
  const [algorithm, key] = result instanceof Sequence ? result.valueBlock.value : [];
  const names = algorithm instanceof Sequence ? algorithm.valueBlock.value.map((each) => each.valueBlock.toString()) : [];
  if (names[0] !== sm2Oids.ecPublicKey || names[1] !== sm2Oids.curve || !(key instanceof BitString)) return null;
  const point = own(key.valueBlock.valueHexView);
  return point.length === 65 && point[0] === 4 && sm2.verifyPublicKey(toHex(point)) ? toHex(point) : null;
}
