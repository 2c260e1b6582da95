import {
  X509Certificate,
  constants,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../../../errors.ts';
import type { FactorOf } from '../../slots/factor.ts';

type CertificateFactor = FactorOf<'certificate'>;
const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * The public key of a certificate, or a bare public key, as SubjectPublicKeyInfo (base64).
 * @throws AppError `vault/certificate-unsuitable`
 */
export function readCertificate(pem: string): string {
  const key = parsePublic(pem);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (!(type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) && !(type === 'ec' && curves.has(details?.namedCurve ?? '')))
    throw unsuitable('its key is neither RSA of 2048 bits or more nor on the curve P-256, P-384 or P-521');
  return exportPublic(key);
}

/** A factor that the private key of `publicKey` (SubjectPublicKeyInfo, base64) opens, and its secret, which the caller wipes. */
export function newCertificateFactor(publicKey: string): { factor: CertificateFactor; secret: Buffer } {
  const key = importPublic(publicKey);
  if (key.asymmetricKeyType === 'rsa') {
    const secret = randomBytes(32);
    const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, secret).toString('base64');
    return { factor: { type: 'certificate', algorithm: 'rsa-oaep-sha256', publicKey, wrapped }, secret };
  }
  const ephemeral = generateKeyPairSync('ec', { namedCurve: key.asymmetricKeyDetails?.namedCurve ?? '' });
  const wrapped = exportPublic(ephemeral.publicKey);
  return { factor: { type: 'certificate', algorithm: 'ecdh', publicKey, wrapped }, secret: agree(ephemeral.privateKey, key, wrapped) };
}

/**
 * The factor's secret, which the caller wipes.
 * @throws AppError `vault/certificate-unreadable` (no key file, or its passphrase is wrong), `vault/wrong-certificate`
 */
export function openCertificateFactor(factor: CertificateFactor, given: { keyPem: string; passphrase?: string | undefined }): Buffer {
  const key = parsePrivate(given.keyPem, given.passphrase);
  if (exportPublic(createPublicKey(key)) !== factor.publicKey) throw wrongCertificate();
  try {
    const wrapped = Buffer.from(factor.wrapped, 'base64');
    if (factor.algorithm === 'ecdh') return agree(key, importPublic(factor.wrapped), factor.wrapped);
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, wrapped);
  } catch (cause) {
    throw wrongCertificate(cause);
  }
}

/** ECDH and HKDF-SHA-256, bound to the ephemeral public key. */
function agree(privateKey: KeyObject, publicKey: KeyObject, ephemeral: string): Buffer {
  const shared = diffieHellman({ privateKey, publicKey });
  try {
    return Buffer.from(hkdfSync('sha256', shared, ephemeral, 'redoubt/2/certificate', 32));
  } finally {
    shared.fill(0);
  }
}

function parsePublic(pem: string): KeyObject {
  try {
    return pem.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
  } catch (cause) {
    throw unsuitable('it is no certificate in PEM', cause);
  }
}

function parsePrivate(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw new AppError(
      'vault/certificate-unreadable',
      'The key file cannot be read: it is no private key in PEM, or its passphrase is missing or wrong. Nothing was changed.',
      {},
      { cause },
    );
  }
}

function exportPublic(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

function importPublic(spki: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
}

function unsuitable(why: string, cause?: unknown): AppError {
  return new AppError('vault/certificate-unsuitable', `This certificate cannot be used: ${why}. Nothing was changed.`, {}, { cause });
}

function wrongCertificate(cause?: unknown): AppError {
  return new AppError(
    'vault/wrong-certificate',
    'This key file belongs to another certificate. Choose the right one; nothing was changed.',
    {},
    { cause },
  );
}
