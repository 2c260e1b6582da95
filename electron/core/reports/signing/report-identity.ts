import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeCertificate } from './certificates.ts';
import { privateKeyOf } from './report-signer.ts';
import type { NewKey, StoredRoot } from './signing.repository.ts';

/** A machine's clock may be behind the auditor's. */
const clockSlackMs = 24 * 60 * 60 * 1000;

type Issuer = Pick<StoredRoot, 'certificate' | 'privateKey'>;

/** A root made for this vault alone. */
export function makeRoot(vaultId: string, now: number): StoredRoot {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(now - clockSlackMs);
  const certificate = writeCertificate({ commonName: `Redoubt vault root ${vaultId}`, ...keys, notBefore, issuer: null });
  return { certificate, privateKey: pkcs8(keys.privateKey), publicKey: spki(keys.publicKey) };
}

/** A key pair of the vault with the certificate that the root issues for it. */
export function makeKey(root: Issuer, commonName: string, now: number, timeStamps = false): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    algorithm: 'ecdsa-p256',
    privateKey: pkcs8(privateKey),
    publicKey: spki(publicKey),
    certificate: certify(root, publicKey, commonName, now, timeStamps),
    chain: null,
    token: null,
  };
}

/** The root's certificate for a key that lies elsewhere; `spki` is SubjectPublicKeyInfo DER. */
export function certifyKey(root: Issuer, spki: Uint8Array, commonName: string, now: number): Uint8Array {
  return certify(root, createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }), commonName, now, false);
}

function certify(root: Issuer, publicKey: KeyObject, commonName: string, now: number, timeStamps: boolean): Uint8Array {
  const issuer = { certificate: root.certificate, privateKey: privateKeyOf(root.privateKey) };
  return writeCertificate({ commonName, publicKey, notBefore: new Date(now - clockSlackMs), issuer, timeStamps });
}

function spki(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' });
}

function pkcs8(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'pkcs8' });
}
