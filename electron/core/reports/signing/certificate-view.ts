import type { CertificateView } from '../../contract/signing.ts';
import { own, sha256Hex, type Bytes } from '../verify/bytes.ts';
import { readCertificate } from '../verify/certificates.ts';
import { readBlocks } from '../verify/pem.ts';
import type { StoredKey } from './signing.repository.ts';

/** RFC 5280, 4.1.2.5: 9999-12-31T23:59:59Z says that there is no end. */
const noEnd = Date.UTC(9999, 11, 31, 23, 59, 59);

/** From the key's certificate to the root: what the organisation issued, else what the vault did. */
export function derChain({ certificate, chain }: StoredKey, root: Uint8Array): Bytes[] {
  const issued = chain === null ? null : readBlocks('CERTIFICATE', chain);
  return issued ?? [own(certificate), own(root)];
}

export function describeAll(certificates: readonly Uint8Array[]): Promise<CertificateView[]> {
  return Promise.all(certificates.map(view));
}

export async function describe(certificate: Uint8Array | undefined): Promise<CertificateView | null> {
  return certificate ? view(certificate) : null;
}

async function view(der: Uint8Array): Promise<CertificateView> {
  const { subjectText, issuerText, notBefore, notAfter } = readCertificate(own(der));
  return {
    subject: subjectText,
    issuer: issuerText,
    sha256: await sha256Hex(own(der)),
    notBefore,
    notAfter: notAfter === noEnd ? null : notAfter,
  };
}
