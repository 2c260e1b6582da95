import { ObjectIdentifier, OctetString, Sequence, fromBER } from 'asn1js';
import { Certificate as Parsed, ContentInfo, SignedData, type SignedAndUnsignedAttributes, type SignerInfo } from 'pkijs';
import { concat, equal, own, sha256, type Bytes } from './bytes.ts';
import { findPath, maySignDocuments, readCertificate, type Certificate } from './certificates.ts';
import { fits, oids } from './signatures.ts';

export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

/** What can be wrong with a signature. */
export type CmsProblem = 'unreadable' | 'not-one-signature' | 'other-certificate' | 'not-issued' | 'other-content' | 'does-not-match';

export type CmsResult =
  | { readonly problem: CmsProblem }
  | {
      readonly problem: null;
      /** From the signer's certificate to the root. */
      readonly path: readonly Certificate[];
      /** The content that is inside, if it is. */
      readonly embedded: Bytes | null;
    };

/**
 * Checks a signature (CAdES baseline: content-type, message-digest and signing-certificate-v2 signed) against the content
 * and the root certificate. `content` null: what is embedded, of the type `contentType`. `cms` may be followed by
 * padding (PDF reserves more room than a signature needs).
 */
export async function checkCms(
  cms: Bytes,
  content: readonly Uint8Array[] | null,
  root: Certificate,
  contentType: string = cmsOids.data,
): Promise<CmsResult> {
  try {
    const data = new SignedData({ schema: new ContentInfo({ schema: fromBER(own(cms).buffer).result }).content });
    const [info, ...others] = data.signerInfos;
    if (!info?.signedAttrs || others.length > 0) return { problem: 'not-one-signature' };
    const certificates = (data.certificates ?? [])
      .filter((candidate) => candidate instanceof Parsed)
      .map((candidate) => readCertificate(own(candidate.toSchema().toBER())));
    const named = octets(attribute(info, cmsOids.signingCertificateV2));
    const signer = await findSigner(certificates, named);
    if (!signer) return { problem: 'other-certificate' };
    const path = await findPath(signer, certificates, root);
    if (!path || (contentType === cmsOids.data && !maySignDocuments(signer))) return { problem: 'not-issued' };
    const embedded = content ? null : embeddedContent(data, contentType);
    const signed = embedded ?? (content ? concat(...content) : null);
    const type = attribute(info, cmsOids.contentType);
    const digest = octets(attribute(info, cmsOids.messageDigest));
    const right = type instanceof ObjectIdentifier && type.valueBlock.toString() === contentType;
    if (!signed || !right || !digest || !equal(digest, await sha256(signed))) return { problem: 'other-content' };
    const algorithm = signatureAlgorithm(info);
    const signature = own(info.signature.valueBlock.valueHexView);
    if (!algorithm || !(await fits(algorithm, signer.spki, signature, signedAttributes(info.signedAttrs))))
      return { problem: 'does-not-match' };
    return { problem: null, path, embedded };
  } catch {
    return { problem: 'unreadable' };
  }
}

/** Signed attributes are signed as a SET OF, not under the implicit tag they are stored with (RFC 5652, section 5.4). */
export function signedAttributes(attributes: SignedAndUnsignedAttributes): Bytes {
  const encoded = new Uint8Array(attributes.toSchema().toBER());
  encoded[0] = 0x31;
  return encoded;
}

/** SHA-256 only; RSA is named with or without its hash (RFC 3370, section 3.2). */
function signatureAlgorithm(info: SignerInfo): string | null {
  if (info.digestAlgorithm.algorithmId !== oids.sha256) return null;
  const { algorithmId } = info.signatureAlgorithm;
  if (algorithmId === oids.rsaEncryption || algorithmId === oids.rsaWithSha256) return oids.rsaWithSha256;
  return algorithmId === oids.ecdsaWithSha256 ? algorithmId : null;
}

async function findSigner(certificates: readonly Certificate[], hash: Bytes | null): Promise<Certificate | null> {
  if (!hash) return null;
  for (const certificate of certificates) if (equal(hash, await sha256(certificate.der))) return certificate;
  return null;
}

/** The value of an attribute that is there exactly once. */
function attribute(info: SignerInfo, type: string): unknown {
  const found = info.signedAttrs?.attributes.filter((candidate) => candidate.type === type) ?? [];
  return found.length === 1 ? found[0]?.values[0] : undefined;
}

/** SigningCertificateV2 → certs → first ESSCertIDv2 → certHash (SHA-256 is the default and left out); or the digest itself. */
function octets(value: unknown): Bytes | null {
  let inner = value;
  while (inner instanceof Sequence) inner = inner.valueBlock.value[0];
  return inner instanceof OctetString ? own(inner.valueBlock.valueHexView) : null;
}

function embeddedContent({ encapContentInfo: { eContentType, eContent } }: SignedData, contentType: string): Bytes | null {
  return eContentType === contentType && eContent ? own(eContent.getValue()) : null;
}
