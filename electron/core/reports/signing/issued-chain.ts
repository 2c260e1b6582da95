import { AppError } from '../../errors.ts';
import { own } from '../verify/bytes.ts';
import { findPath, isRoot, maySignDocuments, readCertificate, validAt, type Certificate } from '../verify/certificates.ts';
import { equal } from '../verify/bytes.ts';
import { readBlocks } from '../verify/pem.ts';

/**
 * What an authority issued for a key, from its certificate to the root, out of PEM certificates in any order.
 * `spki` is the key that signs reports, `now` milliseconds since the epoch.
 * @throws AppError `signing/chain-unreadable`, `signing/chain-other-key`, `signing/chain-other-purpose`, `signing/chain-broken`, `signing/chain-not-valid-now`
 */
export async function readIssuedChain(pem: string, spki: Uint8Array, now: number): Promise<Certificate[]> {
  const certificates = parse(pem);
  const ours = certificates.filter((each) => equal(each.spki, own(spki)));
  const [leaf] = ours;
  if (!leaf)
    throw new AppError(
      'signing/chain-other-key',
      'None of these certificates is for the key that signs the reports. Nothing was changed. Make a request here and have that one signed.',
    );
  if (leaf.ca)
    throw new AppError(
      'signing/chain-broken',
      'The certificate for this vault’s key is one of an authority, not of a signer. Nothing was changed. Ask for a certificate that signs documents.',
    );
  if (!maySignDocuments(leaf))
    throw new AppError(
      'signing/chain-other-purpose',
      'The certificate for this vault’s key is for servers, programs or the like, not for documents. Nothing was changed. Ask for a certificate that signs documents.',
    );
  for (const candidate of certificates) {
    if (!(await isRoot(candidate))) continue;
    const path = await findPath(leaf, certificates, candidate);
    if (!path) continue;
    if (validAt(path, now)) return path;
    throw new AppError(
      'signing/chain-not-valid-now',
      'The certificates fit, but not all of them are valid today. Nothing was changed. Check the clock of this machine, or ask the authority.',
    );
  }
  throw new AppError(
    'signing/chain-broken',
    'The certificates do not lead from this vault’s key to a root that may issue them. Nothing was changed. Import all of them together, the root included.',
  );
}

function parse(pem: string): Certificate[] {
  try {
    // Authorities put texts around the blocks, and end lines as they like.
    const text = pem.replaceAll(/\r\n?/g, '\n');
    const blocks = text.match(/-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----/g) ?? [];
    const certificates = (readBlocks('CERTIFICATE', blocks.map((block) => `${block}\n`).join('')) ?? []).map(readCertificate);
    if (certificates.length > 0 && certificates.length <= 16) return certificates;
  } catch {
    // Said below.
  }
  throw new AppError(
    'signing/chain-unreadable',
    'No certificates can be read in this text. Nothing was changed. Choose the PEM file of the authority.',
  );
}
