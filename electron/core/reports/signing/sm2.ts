import { randomBytes } from 'node:crypto';
import { BitString, Integer, ObjectIdentifier, Sequence } from 'asn1js';
import { AlgorithmIdentifier, BasicConstraints, Certificate, Extension, PublicKeyInfo, Time } from 'pkijs';
import { sm2 } from 'sm-crypto-v2';
import { fromHex, own, toHex } from '../verify/bytes.ts';
import { sm2Id, sm2Oids } from '../verify/sm2.ts';
import { distinguishedName } from './names.ts';
import type { NewKey } from './signing.repository.ts';

const noEnd = new Date(Date.UTC(9999, 11, 31, 23, 59, 59));

/** An SM2 key pair of the vault with a certificate that it signs itself (GM/T 0015). Software, not a certified module. */
export function makeSm2Key(commonName: string, notBefore: Date): NewKey {
  const pair = sm2.generateKeyPairHex();
  const privateKey = fromHex(pair.privateKey.padStart(64, '0'));
  const publicKey = spki(fromHex(pair.publicKey));
  const certificate = writeSm2Certificate(commonName, publicKey, privateKey, notBefore);
  return { algorithm: 'sm2', privateKey, publicKey, certificate, chain: null, token: null };
}

/** SM2 with SM3 under the identifier that GM/T 0009 sets, as DER. */
export function signSm2(data: Uint8Array, privateKey: Uint8Array): Uint8Array {
  return fromHex(sm2.doSignature(own(data), toHex(privateKey), { der: true, hash: true, userId: sm2Id }));
}

function writeSm2Certificate(commonName: string, publicKey: Uint8Array, privateKey: Uint8Array, notBefore: Date): Uint8Array {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ valueHex: own(serial).buffer });
  certificate.subject = distinguishedName({ commonName });
  certificate.issuer = certificate.subject;
  certificate.notBefore = new Time({ type: 0, value: notBefore });
  certificate.notAfter = new Time({ type: 1, value: noEnd });
  certificate.subjectPublicKeyInfo = PublicKeyInfo.fromBER(own(publicKey).buffer);
  certificate.extensions = [
    new Extension({
      extnID: '2.5.29.19',
      critical: true,
      extnValue: new BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema().toBER(),
    }),
    // digitalSignature, nonRepudiation, keyCertSign (of itself).
    new Extension({
      extnID: '2.5.29.15',
      critical: true,
      extnValue: new BitString({ unusedBits: 2, valueHex: Uint8Array.of(0xc4).buffer }).toBER(),
    }),
  ];
  const algorithm = new AlgorithmIdentifier({ algorithmId: sm2Oids.signature });
  certificate.signature = algorithm;
  certificate.signatureAlgorithm = algorithm;
  const signature = signSm2(new Uint8Array(certificate.encodeTBS().toBER()), privateKey);
  certificate.signatureValue = new BitString({ valueHex: own(signature).buffer });
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** SubjectPublicKeyInfo of an uncompressed point. */
function spki(point: Uint8Array): Uint8Array {
  const algorithm = new Sequence({
    value: [new ObjectIdentifier({ value: sm2Oids.ecPublicKey }), new ObjectIdentifier({ value: sm2Oids.curve })],
  });
  return new Uint8Array(new Sequence({ value: [algorithm, new BitString({ valueHex: own(point).buffer })] }).toBER());
}
