import { createHash, randomBytes, sign } from 'node:crypto';
import { Integer, OctetString, Sequence } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TSTInfo } from 'pkijs';
import { own } from '../verify/bytes.ts';
import { cmsOids } from '../verify/cms.ts';
import { oids } from '../verify/signatures.ts';
import { prepareSignedData } from './cades.ts';
import { privateKeyOf } from './report-signer.ts';

/** Certificates are DER, the key is PKCS#8. */
export type TimeStampAuthority = { readonly certificate: Uint8Array; readonly root: Uint8Array; readonly privateKey: Uint8Array };

/** Our own name for it: the time is the clock of the machine that made the report, and nothing better. */
const policy = '2.25.113549311161';

/**
 * An RFC 3161 response (DER) with a time-stamp of `data` by the vault's own authority. It binds the signature to the
 * time that this machine claimed, and is no witness of the true one.
 */
export function writeTimeStamp(data: Uint8Array, at: Date, authority: TimeStampAuthority): Uint8Array {
  const info = new TSTInfo({
    version: 1,
    policy,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256 }),
      hashedMessage: new OctetString({ valueHex: own(sha256(data)).buffer }),
    }),
    serialNumber: new Integer({ valueHex: positive(randomBytes(8)).buffer }),
    genTime: new Date(Math.floor(at.getTime() / 1000) * 1000),
    ordering: false,
  });
  const embedded = new Uint8Array(info.toSchema().toBER());
  const { certificate, root, privateKey } = authority;
  const content = { contentType: cmsOids.timeStampInfo, sha256: sha256(embedded), embedded, algorithm: 'ecdsa-p256' as const };
  const { toSign, finish } = prepareSignedData({ ...content, certificate, others: [root] });
  const token = finish(sign('sha256', toSign, privateKeyOf(privateKey)));
  // PKIStatusInfo: granted.
  const status = new Sequence({ value: [new Integer({ value: 0 })] });
  return new Uint8Array(new Sequence({ value: [status, token] }).toBER());
}

/** A positive number without a leading zero byte. */
function positive(bytes: Buffer): Uint8Array<ArrayBuffer> {
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return own(bytes);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
