import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { writeCertificate } from './certificates.ts';

test('every certificate is one that OpenSSL reads: the serial number has no leading zero byte, whatever was drawn', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (let round = 0; round < 100; round += 1) {
    const der = writeCertificate({ commonName: 'root', publicKey, privateKey, notBefore: new Date(0), issuer: null });
    const certificate = new X509Certificate(der);
    expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(certificate.verify(publicKey)).toBe(true);
  }
});
