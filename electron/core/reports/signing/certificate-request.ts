import { BitString, fromBER } from 'asn1js';
import { AlgorithmIdentifier, CertificationRequest, PublicKeyInfo } from 'pkijs';
import { oids } from '../verify/signatures.ts';
import { distinguishedName, type SubjectName } from './names.ts';
import { toPem } from './pem.ts';
import type { KeyAlgorithm, ReportSigner } from './report-signer.ts';

/** A PKCS#10 certification request (RFC 2986) as PEM: `spki` under that name, signed by its own key. */
export async function writeRequest(
  subject: SubjectName,
  spki: Uint8Array,
  algorithm: KeyAlgorithm,
  sign: ReportSigner['sign'],
): Promise<string> {
  const request = new CertificationRequest();
  request.version = 0;
  request.subject = distinguishedName(subject);
  request.subjectPublicKeyInfo = new PublicKeyInfo({ schema: fromBER(new Uint8Array(spki).buffer).result });
  request.attributes = [];
  const algorithmId = algorithm === 'rsa' ? oids.rsaWithSha256 : oids.ecdsaWithSha256;
  request.signatureAlgorithm = new AlgorithmIdentifier({ algorithmId });
  request.tbsView = new Uint8Array((request as unknown as { encodeTBS(): { toBER(): ArrayBuffer } }).encodeTBS().toBER());
  const signature = new Uint8Array(await sign(request.tbsView));
  request.signatureValue = new BitString({ valueHex: signature.buffer });
  return toPem('CERTIFICATE REQUEST', new Uint8Array(request.toSchema(true).toBER()));
}
