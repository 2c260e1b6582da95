import { X509Certificate, createHash, sign, verify, type KeyObject } from 'node:crypto';
import { ObjectIdentifier, OctetString, Sequence, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  GeneralName,
  GeneralNames,
  IssuerAndSerialNumber,
  IssuerSerial,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { ecdsaWithSha256, parseCertificate } from './certificates.ts';

const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

export type CadesSigner = { readonly certificate: Uint8Array; readonly root: Uint8Array; readonly privateKey: KeyObject };

/**
 * A detached CAdES baseline signature (ETSI EN 319 122-1) over `content`, DER: content-type, message-digest and
 * signing-certificate-v2 signed, ECDSA P-256 with SHA-256. It carries no signing-time, which PAdES baseline forbids and
 * which would only be this machine's word; the claimed time is in the signed content.
 */
export function signCades(content: readonly Uint8Array[], signer: CadesSigner): Uint8Array<ArrayBuffer> {
  const certificate = parseCertificate(signer.certificate);
  const attributes = [
    new Attribute({ type: oid.contentType, values: [new ObjectIdentifier({ value: oid.data })] }),
    new Attribute({ type: oid.messageDigest, values: [octets(sha256(...content))] }),
    new Attribute({ type: oid.signingCertificateV2, values: [signingCertificateV2(signer.certificate, certificate)] }),
  ];
  const signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes });
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oid.sha256 }),
    signedAttrs,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: ecdsaWithSha256 }),
    signature: octets(sign('sha256', asSet(signedAttrs), signer.privateKey)),
  });
  const data = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oid.data }),
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oid.sha256 })],
    certificates: [certificate, parseCertificate(signer.root)],
    signerInfos: [info],
  });
  return new Uint8Array(new ContentInfo({ contentType: oid.signedData, content: data.toSchema(true) }).toSchema().toBER());
}

/**
 * Checks a detached signature made by `signCades` against `content` and the root certificate; returns null if it holds,
 * else what is wrong. `cms` may be followed by padding (PDF reserves more room than a signature needs).
 */
export function checkCades(cms: Uint8Array, content: readonly Uint8Array[], root: X509Certificate): string | null {
  try {
    const data = new SignedData({ schema: new ContentInfo({ schema: fromBER(new Uint8Array(cms).buffer).result }).content });
    const [info, ...others] = data.signerInfos;
    if (!info || others.length > 0 || !info.signedAttrs) return 'it does not hold exactly one signature';
    const certificates = (data.certificates ?? []).filter((candidate) => candidate instanceof Certificate);
    const certificate = certificates
      .map(der)
      .find((candidate) => attribute(info, oid.signingCertificateV2)?.equals(certificateHash(candidate)));
    if (!certificate) return 'the signer’s certificate is missing or another';
    const x509 = new X509Certificate(certificate);
    if (!root.ca || !root.verify(root.publicKey) || !x509.checkIssued(root) || !x509.verify(root.publicKey))
      return 'the signer’s certificate was not issued by root-ca.crt';
    if (!attribute(info, oid.messageDigest)?.equals(sha256(...content))) return 'the content is not the one that was signed';
    const ecdsa = info.signatureAlgorithm.algorithmId === ecdsaWithSha256 && info.digestAlgorithm.algorithmId === oid.sha256;
    if (!ecdsa || !verify('sha256', asSet(info.signedAttrs), x509.publicKey, info.signature.valueBlock.valueHexView))
      return 'the signature does not match';
    return null;
  } catch {
    return 'it cannot be read';
  }
}

/** The bytes that say what was signed in an attribute: the digest, or the hash of the certificate. */
function attribute(info: SignerInfo, type: string): Buffer | null {
  const found = info.signedAttrs?.attributes.filter((candidate) => candidate.type === type) ?? [];
  let value: unknown = found.length === 1 ? found[0]?.values[0] : undefined;
  // SigningCertificateV2 → certs → first ESSCertIDv2 → certHash (SHA-256 is the default and left out).
  while (value instanceof Sequence) value = value.valueBlock.value[0];
  return value instanceof OctetString ? Buffer.from(value.valueBlock.valueHexView) : null;
}

/** ESS signing-certificate-v2 (RFC 5035): binds the signature to this very certificate. */
function signingCertificateV2(bytes: Uint8Array, certificate: Certificate): Sequence {
  const issuer = new GeneralNames({ names: [new GeneralName({ type: 4, value: certificate.issuer })] });
  const issuerSerial = new IssuerSerial({ issuer, serialNumber: certificate.serialNumber });
  const essCertId = new Sequence({ value: [octets(certificateHash(bytes)), issuerSerial.toSchema()] });
  return new Sequence({ value: [new Sequence({ value: [essCertId] })] });
}

/** Signed attributes are signed as a SET OF, not under the implicit tag they are stored with (RFC 5652, section 5.4). */
function asSet(attributes: SignedAndUnsignedAttributes): Uint8Array {
  const encoded = new Uint8Array(attributes.toSchema().toBER());
  encoded[0] = 0x31;
  return encoded;
}

function der(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema().toBER());
}

function certificateHash(bytes: Uint8Array): Buffer {
  return sha256(bytes);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function octets(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: new Uint8Array(bytes).buffer });
}
