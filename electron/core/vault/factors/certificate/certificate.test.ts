import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCertificateFactor, openCertificateFactor, readCertificate } from './certificate.ts';

const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString();
const publicPem = (key: KeyObject) => createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
const keys = {
  'RSA 2048': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'P-256': generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  'P-384': generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey,
};

test.each(Object.entries(keys))('%s opens what was sealed to its public key, and no other key does', (_name, key) => {
  const { factor, secret } = newCertificateFactor(readCertificate(publicPem(key)));
  expect(secret).toHaveLength(32);
  expect(openCertificateFactor(factor, { keyPem: pem(key) })).toEqual(secret);
  const locked = key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString();
  expect(openCertificateFactor(factor, { keyPem: locked, passphrase: 'open sesame' })).toEqual(secret);
  for (const passphrase of [undefined, 'wrong'])
    expect(() => openCertificateFactor(factor, { keyPem: locked, passphrase })).toThrow(
      expect.objectContaining({ code: 'vault/certificate-unreadable' }),
    );
  for (const other of Object.values(keys).filter((each) => each !== key))
    expect(() => openCertificateFactor(factor, { keyPem: pem(other) })).toThrow(
      expect.objectContaining({ code: 'vault/wrong-certificate' }),
    );
  const { secret: again } = newCertificateFactor(factor.publicKey);
  expect(again).not.toEqual(secret);
});

test('keys that are too weak, of another kind or no certificate are refused', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const other = generateKeyPairSync('ed25519').privateKey;
  for (const text of [publicPem(weak), publicPem(other), 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])
    expect(() => readCertificate(text)).toThrow(expect.objectContaining({ code: 'vault/certificate-unsuitable' }));
});
