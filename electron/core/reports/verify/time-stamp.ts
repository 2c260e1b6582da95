import { Sequence, fromBER } from 'asn1js';
import { TSTInfo } from 'pkijs';
import { equal, own, sha256, type Bytes } from './bytes.ts';
import type { Certificate } from './certificates.ts';
import { checkCms, cmsOids } from './cms.ts';
import { oids } from './signatures.ts';

const timeStamping = '1.3.6.1.5.5.7.3.8';

/** The time (milliseconds since the epoch) that an RFC 3161 response states for `data`, or null if it does not hold under `root`. */
export async function readTimeStamp(response: Bytes, data: Bytes, root: Certificate): Promise<number | null> {
  try {
    const { result, offset } = fromBER(own(response).buffer);
    const [, token] = result instanceof Sequence ? result.valueBlock.value : [];
    if (offset !== response.length || !token) return null;
    const signed = await checkCms(own(token.toBER()), null, root, cmsOids.timeStampInfo);
    if (signed.problem !== null || !signed.embedded) return null;
    if (signed.path[0]?.extendedUsage.join(' ') !== timeStamping) return null;
    const info = new TSTInfo({ schema: fromBER(signed.embedded.buffer).result });
    const { hashAlgorithm, hashedMessage } = info.messageImprint;
    const fits = hashAlgorithm.algorithmId === oids.sha256 && equal(own(hashedMessage.valueBlock.valueHexView), await sha256(data));
    return fits ? info.genTime.getTime() : null;
  } catch {
    return null;
  }
}
