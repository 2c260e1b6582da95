import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeCertificate } from './certificates.ts';

/** Who signs a vault's reports: a root made for this vault alone, and the signer it issued. Certificates are DER. */
export type ReportIdentity = { readonly root: Uint8Array; readonly certificate: Uint8Array; readonly privateKey: KeyObject };

/** What the vault keeps of it; keys are PKCS#8 DER. */
export type StoredIdentity = {
  readonly root: Uint8Array;
  readonly rootKey: Uint8Array;
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
};

/** A machine's clock may be behind the auditor's. */
const clockSlackMs = 24 * 60 * 60 * 1000;

export function makeIdentity(vaultId: string, now: number): StoredIdentity {
  const rootKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signerKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(now - clockSlackMs);
  const root = writeCertificate({ commonName: `Redoubt vault root ${vaultId}`, ...rootKeys, notBefore, issuer: null });
  const issuer = { certificate: root, privateKey: rootKeys.privateKey };
  const certificate = writeCertificate({ commonName: `Redoubt report signer ${vaultId}`, ...signerKeys, notBefore, issuer });
  return { root, rootKey: pkcs8(rootKeys.privateKey), certificate, privateKey: pkcs8(signerKeys.privateKey) };
}

export function openIdentity(stored: StoredIdentity): ReportIdentity {
  const privateKey = createPrivateKey({ key: Buffer.from(stored.privateKey), format: 'der', type: 'pkcs8' });
  return { root: stored.root, certificate: stored.certificate, privateKey };
}

function pkcs8(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'pkcs8' });
}
