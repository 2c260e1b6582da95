import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { ReportVerification } from '../contract/reports.ts';
import { reportFileNames, listedFiles, sha256, sumsFile, sumsSignatureFile, writeSums, type ReportFiles } from './report-files.ts';
import { checkContent, type Check } from './verify-content.ts';

/**
 * Checks a report from its files alone: no vault, no network. Every file gets at least one check; a file that was
 * changed, added or taken away is named. What it proves and what it does not stands in VERIFY.txt.
 */
export async function verifyReport(files: ReportFiles): Promise<ReportVerification> {
  const present = checkPresence(files);
  if (!files.has(sumsFile) || !files.has(sumsSignatureFile)) return verdict(present);
  const sealed = [...present, ...checkSeal(files)];
  // A changed file is named by the list; what its content then says is of no more interest.
  if (sealed.some(({ ok }) => !ok)) return verdict(sealed);
  return verdict([...sealed, ...(await checkContent(files))]);
}

function verdict(checks: Check[]): ReportVerification {
  return { verified: checks.every(({ ok }) => ok), checks };
}

function checkPresence(files: ReportFiles): Check[] {
  const missing = reportFileNames.filter((name) => !files.has(name)).map((file) => ({ file, ok: false, message: 'The file is missing.' }));
  const foreign = [...files.keys()].filter((name) => !reportFileNames.includes(name));
  return [...missing, ...foreign.map((file) => ({ file, ok: false, message: 'The file does not belong to the report.' }))];
}

/** The signed list and the hash of every listed file. */
function checkSeal(files: ReportFiles): Check[] {
  const bytes = (name: string) => files.get(name) ?? new Uint8Array();
  const sums = bytes(sumsFile);
  const signature = bytes(sumsSignatureFile);
  const keys = [readKey(bytes('log.pub')), embeddedKey(bytes('report.json'))].filter((key) => key !== null);
  const signs = (content: Uint8Array) => keys.some((key) => signature.length === 64 && verify(null, content, key, signature));

  if (!signs(sums)) {
    const recomputed = writeSums(files);
    // Which of the three is at fault: the list, its signature, or (then nothing more can be said) several.
    if (signs(recomputed))
      return [{ file: sumsFile, ok: false, message: 'The list was changed: its signature fits the files as they are.' }];
    if (recomputed.equals(sums))
      return [{ file: sumsSignatureFile, ok: false, message: 'The signature of the list was changed: the list fits the files.' }];
    return [sumsFile, sumsSignatureFile].map((file) => ({
      file,
      ok: false,
      message: 'The list of files and its signature do not fit each other.',
    }));
  }
  const listed = new Map(
    Buffer.from(sums)
      .toString()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  return [
    { file: sumsFile, ok: sums.length === writeSums(files).length, message: 'The list of files is signed by the audit log’s key.' },
    { file: sumsSignatureFile, ok: true, message: 'The signature fits the list.' },
    ...listedFiles.map((file) => {
      const ok = listed.get(file) === sha256(bytes(file));
      return { file, ok, message: ok ? 'The file is the one in the signed list.' : 'The file was changed after it was signed.' };
    }),
  ];
}

function readKey(pem: Uint8Array): KeyObject | null {
  try {
    const key = createPublicKey(Buffer.from(pem));
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** The log's key as report.json gives it: with it a changed log.pub is told from a changed list. */
function embeddedKey(json: Uint8Array): KeyObject | null {
  try {
    const { audit } = JSON.parse(Buffer.from(json).toString()) as { audit?: { publicKey?: unknown } };
    return typeof audit?.publicKey === 'string' ? readKey(Buffer.from(audit.publicKey)) : null;
  } catch {
    return null;
  }
}
