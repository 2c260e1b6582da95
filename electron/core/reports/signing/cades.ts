import { createHash } from 'node:crypto';
import { Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  type Certificate,
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
import { own, type Bytes } from '../verify/bytes.ts';
import { cmsOids, signedAttributes } from '../verify/cms.ts';
import { oids } from '../verify/signatures.ts';
import { parseCertificate } from './certificates.ts';
import type { KeyAlgorithm, ReportSigner } from './report-signer.ts';

export type SignedContent = {
  /** What `content` is, an object identifier. */
  readonly contentType: string;
  readonly sha256: Uint8Array;
  /** Null: detached. */
  readonly embedded: Uint8Array | null;
  readonly algorithm: KeyAlgorithm;
  readonly certificate: Uint8Array;
  /** Other certificates that lead to the root, DER. */
  readonly others: readonly Uint8Array[];
};

/**
 * A detached CAdES baseline signature (ETSI EN 319 122-1) over `content`, DER: content-type, message-digest and
 * signing-certificate-v2 signed, with SHA-256. It carries no signing-time, which PAdES baseline forbids and
 * which would only be this machine's word; the claimed time is in the signed content.
 */
export async function signCades(content: readonly Uint8Array[], signer: ReportSigner): Promise<Uint8Array> {
  const { algorithm, certificate, intermediates, root } = signer;
  const others = [...intermediates, root];
  const prepared = prepareSignedData({
    contentType: cmsOids.data,
    sha256: sha256(...content),
    embedded: null,
    algorithm,
    certificate,
    others,
  });
  return new Uint8Array(prepared.finish(await signer.sign(prepared.toSign)).toBER());
}

/** CMS SignedData with one signature (RFC 5652), in two steps: what has to be signed, and the ContentInfo with the signature in it. */
export function prepareSignedData(content: SignedContent): { toSign: Bytes; finish(signature: Uint8Array): Sequence } {
  const certificate = parseCertificate(content.certificate);
  const attributes = [
    new Attribute({ type: cmsOids.contentType, values: [new ObjectIdentifier({ value: content.contentType })] }),
    new Attribute({ type: cmsOids.messageDigest, values: [octets(content.sha256)] }),
    new Attribute({ type: cmsOids.signingCertificateV2, values: [signingCertificateV2(content.certificate, certificate)] }),
  ];
  const signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes });
  const finish = (signature: Uint8Array) => {
    const info = new SignerInfo({
      version: 1,
      sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
      digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256 }),
      signedAttrs,
      signatureAlgorithm: signatureAlgorithm(content.algorithm),
      signature: octets(signature),
    });
    const encapsulated = content.embedded ? { eContent: octets(content.embedded) } : {};
    const data = new SignedData({
      // RFC 5652, section 5.1: 3 for another content type than data.
      version: content.contentType === cmsOids.data ? 1 : 3,
      encapContentInfo: new EncapsulatedContentInfo({ eContentType: content.contentType, ...encapsulated }),
      digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oids.sha256 })],
      certificates: [certificate, ...content.others.map(parseCertificate)],
      signerInfos: [info],
    });
    return new ContentInfo({ contentType: cmsOids.signedData, content: data.toSchema(true) }).toSchema();
  };
  return { toSign: signedAttributes(signedAttrs), finish };
}

function signatureAlgorithm(algorithm: KeyAlgorithm): AlgorithmIdentifier {
  if (algorithm === 'rsa') return new AlgorithmIdentifier({ algorithmId: oids.rsaEncryption, algorithmParams: new Null() });
  return new AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 });
}

/** ESS signing-certificate-v2 (RFC 5035): binds the signature to this very certificate. */
function signingCertificateV2(bytes: Uint8Array, certificate: Certificate): Sequence {
  const issuer = new GeneralNames({ names: [new GeneralName({ type: 4, value: certificate.issuer })] });
  const issuerSerial = new IssuerSerial({ issuer, serialNumber: certificate.serialNumber });
  const essCertId = new Sequence({ value: [octets(sha256(bytes)), issuerSerial.toSchema()] });
  return new Sequence({ value: [new Sequence({ value: [essCertId] })] });
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function octets(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: own(bytes).buffer });
}
