import { fromText, equal, sha256Hex, toText, type Bytes } from './bytes.ts';
import { isRoot, readCertificate, type Certificate } from './certificates.ts';
import { bad, good, type Check } from './checks.ts';
import type { Envelope } from './envelope.ts';
import { chainFile, sm2Files, sm3ListedOf, timeStampFiles } from './file-names.ts';
import { readBlocks } from './pem.ts';
import { fitsSm2, isSm2Root, sm3Hex } from './sm2.ts';
import { readTimeStamp } from './time-stamp.ts';
import type { Files } from './verify-seal.ts';

const none: Bytes = new Uint8Array();
/** How far a time-stamp may lie behind the report that it stamps: it was made right after it. */
const longestMs = 60 * 60 * 1000;

/** Are the files there that report.json says its suite brings, and no others? */
export function checkSuite(files: Files, { suite }: Envelope): Check | null {
  const parts = suite.split(' ');
  const wanted = (name: string, group: readonly string[]) => parts.includes(name) === group.every((file) => files.has(file));
  const none = (name: string, group: readonly string[]) => parts.includes(name) || !group.some((file) => files.has(file));
  const fits =
    wanted('sm2-sm3', sm2Files) && none('sm2-sm3', sm2Files) && wanted('rfc3161', timeStampFiles) && none('rfc3161', timeStampFiles);
  return fits ? null : bad('report.json', 'suite-other', { suite });
}

/** chain.pem, where it is there, holds what the signature was checked with but the root. */
export function checkChain(files: Files, path: readonly Certificate[]): Check[] {
  const bytes = files.get(chainFile);
  if (!bytes) return [];
  const given = readAll(bytes);
  const wanted = path.slice(0, -1);
  const same = given?.length === wanted.length && wanted.every(({ der }, index) => equal(der, given[index]?.der ?? none));
  return [same ? good(chainFile, 'chain') : bad(chainFile, 'chain-other')];
}

export async function checkTimeStamp(files: Files, { createdAt }: Envelope): Promise<Check[]> {
  const [responseFile, rootFile] = timeStampFiles;
  const response = files.get(responseFile);
  if (!response) return [];
  const root = readOne(files.get(rootFile));
  if (!root || !(await isRoot(root))) return [bad(rootFile, 'root-bad')];
  const at = await readTimeStamp(response, files.get('report.json.p7s') ?? none, root);
  if (at === null) return [good(rootFile, 'time-stamp-root'), bad(responseFile, 'time-stamp-bad')];
  // Whole seconds against milliseconds.
  const near = at >= createdAt - 1000 && at - createdAt <= longestMs;
  const values = { at: new Date(at).toISOString().replace('.000Z', 'Z') };
  return [good(rootFile, 'time-stamp-root'), near ? good(responseFile, 'time-stamp', values) : bad(responseFile, 'time-stamp-other')];
}

export async function checkSm2(files: Files): Promise<{ checks: Check[]; fingerprint: string | null }> {
  const [certificateFile, listFile, signatureFile] = sm2Files;
  const list = files.get(listFile);
  if (!list) return { checks: [], fingerprint: null };
  const certificate = readOne(files.get(certificateFile));
  if (!certificate || !isSm2Root(certificate)) return { checks: [bad(certificateFile, 'sm2-root-bad')], fingerprint: null };
  const fingerprint = await sha256Hex(certificate.der);
  const checks = [
    good(certificateFile, 'sm2-root', { sha256: fingerprint }),
    equal(list, writeSm3Sums(files)) ? good(listFile, 'sm3-listed') : bad(listFile, 'sm3-other'),
    fitsSm2(certificate, files.get(signatureFile) ?? none, list) ? good(signatureFile, 'sm2-signed') : bad(signatureFile, 'sm2-other'),
  ];
  return { checks, fingerprint };
}

/** SM3SUMS as `cksum --check` of GNU coreutils reads it. */
export function writeSm3Sums(files: Files): Bytes {
  return fromText(
    sm3ListedOf(files)
      .map((name) => `SM3 (${name}) = ${sm3Hex(files.get(name) ?? none)}\n`)
      .join(''),
  );
}

export function readOne(pem: Bytes | undefined): Certificate | null {
  const all = pem ? readAll(pem) : null;
  return all?.length === 1 ? (all[0] ?? null) : null;
}

function readAll(pem: Bytes): Certificate[] | null {
  try {
    return readBlocks('CERTIFICATE', toText(pem))?.map(readCertificate) ?? null;
  } catch {
    return null;
  }
}
