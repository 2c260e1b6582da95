import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { BitString, Integer, OctetString, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtKeyUsage,
  Extension,
  PublicKeyInfo,
  Time,
} from 'pkijs';
import { distinguishedName } from './names.ts';

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const timeStamping = '1.3.6.1.5.5.7.3.8';

export type CertificateRequest = {
  /** At most 64 characters. */
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  /** Null for the self-signed root. */
  readonly issuer: { readonly certificate: Uint8Array; readonly privateKey: KeyObject } | null;
  /** For the self-signed root: its own key. */
  readonly privateKey?: KeyObject;
  /** Nothing but RFC 3161 time-stamps (section 2.3). */
  readonly timeStamps?: boolean;
};

/** RFC 5280 section 4.1.2.5: a certificate that has no well-defined end. What was signed stays verifiable. */
const noEnd = new Date(Date.UTC(9999, 11, 31, 23, 59, 59));

/** Writes an X.509 v3 certificate (DER), signed by ECDSA P-256: the root of a vault, or a signer under it. */
export function writeCertificate(request: CertificateRequest): Uint8Array<ArrayBuffer> {
  const { issuer, publicKey } = request;
  const certificate = new Certificate();
  certificate.version = 2;
  // Positive and without a leading zero byte: DER has one form only, and OpenSSL refuses any other. 126 random bits.
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  certificate.serialNumber = new Integer({ valueHex: new Uint8Array(serial).buffer });
  certificate.subject = distinguishedName({ commonName: request.commonName });
  const issuerCertificate = issuer ? parseCertificate(issuer.certificate) : null;
  certificate.issuer = issuerCertificate?.subject ?? certificate.subject;
  certificate.notBefore = new Time({ type: 0, value: request.notBefore });
  certificate.notAfter = new Time({ type: 1, value: noEnd });
  certificate.subjectPublicKeyInfo = new PublicKeyInfo({ schema: fromBER(spki(publicKey)).result });
  const issuerKey = issuer ? createPublicKey(issuer.privateKey) : publicKey;
  const root = issuer === null;
  certificate.extensions = [
    extension('2.5.29.19', true, new BasicConstraints(root ? { cA: true, pathLenConstraint: 0 } : { cA: false }).toSchema().toBER()),
    // keyCertSign and cRLSign, or digitalSignature and nonRepudiation.
    extension('2.5.29.15', true, new BitString({ unusedBits: root ? 1 : 6, valueHex: Uint8Array.of(root ? 0x06 : 0xc0).buffer }).toBER()),
    extension('2.5.29.14', false, keyIdentifier(publicKey).toBER()),
    extension('2.5.29.35', false, new AuthorityKeyIdentifier({ keyIdentifier: keyIdentifier(issuerKey) }).toSchema().toBER()),
    ...(request.timeStamps ? [extension('2.5.29.37', true, new ExtKeyUsage({ keyPurposes: [timeStamping] }).toSchema().toBER())] : []),
  ];
  const algorithm = new AlgorithmIdentifier({ algorithmId: ecdsaWithSha256 });
  certificate.signature = algorithm;
  certificate.signatureAlgorithm = algorithm;
  const privateKey = issuer?.privateKey ?? request.privateKey;
  if (!privateKey) throw new Error('nobody signs this certificate');
  const signature = sign('sha256', new Uint8Array(certificate.encodeTBS().toBER()), privateKey);
  certificate.signatureValue = new BitString({ valueHex: new Uint8Array(signature).buffer });
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** Throws if the bytes are no certificate. */
export function parseCertificate(der: Uint8Array): Certificate {
  return Certificate.fromBER(new Uint8Array(der).buffer);
}

function extension(extnID: string, critical: boolean, extnValue: ArrayBuffer): Extension {
  return new Extension({ extnID, critical, extnValue });
}

/** RFC 7093 method 1 over the whole SubjectPublicKeyInfo: the leftmost 160 bits of SHA-256. */
function keyIdentifier(publicKey: KeyObject): OctetString {
  return new OctetString({ valueHex: new Uint8Array(createHash('sha256').update(spki(publicKey)).digest().subarray(0, 20)).buffer });
}

function spki(publicKey: KeyObject): Uint8Array<ArrayBuffer> {
  return new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
}
