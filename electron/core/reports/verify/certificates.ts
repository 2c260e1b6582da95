import { Boolean as Asn1Boolean, BitString, Integer, ObjectIdentifier, OctetString, Sequence, fromBER } from 'asn1js';
import { Certificate as Parsed, type RelativeDistinguishedNames } from 'pkijs';
import { equal, own, sha256Hex, type Bytes } from './bytes.ts';
import { fits } from './signatures.ts';

/** What the checks need to know of an X.509 certificate. */
export type Certificate = {
  readonly der: Bytes;
  readonly tbs: Bytes;
  readonly spki: Bytes;
  /** Names as DER, to compare, and as text, to show. */
  readonly subject: Bytes;
  readonly issuer: Bytes;
  readonly subjectText: string;
  readonly issuerText: string;
  readonly algorithm: string;
  readonly signature: Bytes;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly ca: boolean;
  readonly pathLength: number;
  /** Bits of the extension, null without one. */
  readonly usage: { readonly signature: boolean; readonly certSign: boolean } | null;
  readonly extendedUsage: readonly string[];
  /** It has a critical extension that is not understood here, so it must not be relied on (RFC 5280, section 4.2). */
  readonly strange: boolean;
};

const known = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedKeyUsage: '2.5.29.37', policies: '2.5.29.32' } as const;

/** Throws for bytes that are no certificate, or one with something behind it. */
export function readCertificate(der: Bytes): Certificate {
  const copy = own(der);
  const { result, offset } = fromBER(copy.buffer);
  if (offset !== copy.length) throw new Error('not one certificate');
  const parsed = new Parsed({ schema: result });
  const extension = (id: string) => {
    const found = parsed.extensions?.find(({ extnID }) => extnID === id);
    return found ? fromBER(own(found.extnValue.valueBlock.valueHexView).buffer).result : null;
  };
  const constraints = extension(known.basicConstraints);
  const [first, second] = constraints instanceof Sequence ? constraints.valueBlock.value : [];
  const usage = extension(known.keyUsage);
  const extended = extension(known.extendedKeyUsage);
  const bits = usage instanceof BitString ? (usage.valueBlock.valueHexView[0] ?? 0) : null;
  return {
    der: copy,
    tbs: own(parsed.tbsView),
    spki: own(parsed.subjectPublicKeyInfo.toSchema().toBER()),
    subject: own(parsed.subject.toSchema().toBER()),
    issuer: own(parsed.issuer.toSchema().toBER()),
    subjectText: nameText(parsed.subject),
    issuerText: nameText(parsed.issuer),
    algorithm: parsed.signatureAlgorithm.algorithmId,
    signature: own(parsed.signatureValue.valueBlock.valueHexView),
    notBefore: parsed.notBefore.value.getTime(),
    notAfter: parsed.notAfter.value.getTime(),
    ca: first instanceof Asn1Boolean && first.valueBlock.value,
    pathLength: second instanceof Integer ? second.valueBlock.valueDec : Number.POSITIVE_INFINITY,
    // digitalSignature (bit 0) or nonRepudiation (bit 1); keyCertSign (bit 5).
    usage: bits === null ? null : { signature: (bits & 0xc0) !== 0, certSign: (bits & 0x04) !== 0 },
    extendedUsage:
      extended instanceof Sequence
        ? extended.valueBlock.value.map((each) => (each instanceof ObjectIdentifier ? each.valueBlock.toString() : ''))
        : [],
    strange: (parsed.extensions ?? []).some(({ extnID, critical }) => critical && !Object.values<string>(known).includes(extnID)),
  };
}

/** Signs itself, and may issue others. */
export async function isRoot(certificate: Certificate): Promise<boolean> {
  return equal(certificate.subject, certificate.issuer) && (await issued(certificate, certificate));
}

/** Did `issuer`, which may, sign `certificate`? */
export async function issued(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const may = issuer.ca && !issuer.strange && issuer.usage?.certSign !== false;
  return (
    may &&
    equal(certificate.issuer, issuer.subject) &&
    (await fits(certificate.algorithm, issuer.spki, certificate.signature, certificate.tbs))
  );
}

/** Any, e-mail, documents (RFC 9336), and what Microsoft and Adobe called the last one before. */
const documentUsages = ['2.5.29.37.0', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.10.3.12', '1.2.840.113583.1.1.5'];

/** An authority certifies servers and programs, too: the holder of such a key signs no reports in its name. */
export function maySignDocuments({ extendedUsage }: Certificate): boolean {
  return extendedUsage.length === 0 || extendedUsage.some((usage) => documentUsages.includes(usage));
}

const longestPath = 8;

/**
 * The path from `leaf` to `root`, both included, over some of `others` (RFC 5280, section 6, without names' constraints and
 * policies), or null. Periods of validity are `validAt`'s.
 */
export async function findPath(leaf: Certificate, others: readonly Certificate[], root: Certificate): Promise<Certificate[] | null> {
  const path = [leaf];
  if (leaf.strange || leaf.usage?.signature === false) return null;
  for (let below = 0; below < longestPath; below += 1) {
    const last = path.at(-1) ?? leaf;
    if (await issued(last, root)) return below <= root.pathLength ? [...path, root] : null;
    let next: Certificate | null = null;
    for (const candidate of others)
      if (!path.some(({ der }) => equal(der, candidate.der)) && candidate.pathLength >= below && (await issued(last, candidate)))
        next ??= candidate;
    if (!next) return null;
    path.push(next);
  }
  return null;
}

export function validAt(path: readonly Certificate[], at: number): boolean {
  return path.every(({ notBefore, notAfter }) => notBefore <= at && at <= notAfter);
}

/** The SHA-256 of a certificate, as it is compared. */
export function fingerprint({ der }: Certificate): Promise<string> {
  return sha256Hex(der);
}

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

function nameText(name: RelativeDistinguishedNames): string {
  return name.typesAndValues
    .map(({ type, value }) => {
      const text: unknown = value instanceof OctetString ? '' : value.valueBlock.value;
      return `${shortNames[type] ?? type}=${typeof text === 'string' ? text : ''}`;
    })
    .join(', ');
}
