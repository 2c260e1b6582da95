import { equal, fromText, sha256Hex, toAscii, toText, type Bytes } from './bytes.ts';
import { bad, good, type Check } from './checks.ts';
import { asEd25519 } from './checkpoint.ts';
import { isKnown, listedOf, requiredFiles, sumsFile, sumsSignatureFile, writeSums } from './file-names.ts';
import { fromPem } from './pem.ts';
import { fitsEd25519 } from './signatures.ts';

export type Files = ReadonlyMap<string, Bytes>;
const none: Bytes = new Uint8Array();

/** Is every file there that the list names, and no other; does the list fit its signature, and every file the list? */
export async function checkSeal(files: Files): Promise<Check[]> {
  const sums = files.get(sumsFile);
  const signature = files.get(sumsSignatureFile);
  if (!sums || !signature) return checkPresence(files, listedOf(files));
  const given = readKey(files.get('log.pub'));
  let embedded: Bytes | null | undefined;
  const signs = async (content: Bytes) => {
    if (given && (await fitsEd25519(given, signature, content))) return true;
    embedded ??= embeddedKey(files.get('report.json'));
    return embedded !== null && (await fitsEd25519(embedded, signature, content));
  };

  if (!(await signs(sums))) {
    const present = checkPresence(files, listedOf(files));
    const recomputed = await writeSums(files);
    // Which of the three is at fault: the list, its signature, or (then nothing more can be said) several.
    if (await signs(recomputed)) return [...present, bad(sumsFile, 'sums-changed')];
    if (equal(recomputed, sums)) return [...present, bad(sumsSignatureFile, 'sums-signature-changed')];
    return [...present, ...[sumsFile, sumsSignatureFile].map((file) => bad(file, 'sums-unsigned'))];
  }
  const listed = readSums(sums);
  const complete = listed !== null && [...listed.keys()].every(isKnown) && requiredFiles.every((name) => listed.has(name));
  if (!complete) return [...checkPresence(files, listedOf(files)), bad(sumsFile, 'sums-unsigned')];
  const hashes = await Promise.all(
    [...listed].map(async ([file, hash]) => {
      const bytes = files.get(file);
      // What is missing is said once.
      if (!bytes) return [];
      return [hash === (await sha256Hex(bytes)) ? good(file, 'listed') : bad(file, 'changed')];
    }),
  );
  return [
    ...checkPresence(files, [...listed.keys()]),
    good(sumsFile, 'sums-signed'),
    good(sumsSignatureFile, 'sums-signature'),
    ...hashes.flat(),
  ];
}

function checkPresence(files: Files, listed: readonly string[]): Check[] {
  const belongs = [...listed, sumsFile, sumsSignatureFile];
  const missing = belongs.filter((name) => !files.has(name)).map((file) => bad(file, 'missing'));
  const foreign = [...files.keys()].filter((name) => !belongs.includes(name)).map((file) => bad(file, 'foreign'));
  return [...missing, ...foreign];
}

/** Name → hash, or null for what `sha256sum` would not have written so: every line once, in the one form. */
function readSums(bytes: Bytes): Map<string, string> | null {
  const listed = new Map<string, string>();
  const lines = toAscii(bytes).split('\n');
  if (lines.pop() !== '') return null;
  for (const line of lines) {
    const { hash, name } = /^(?<hash>[0-9a-f]{64}) {2}(?<name>[\w.-]{1,64})$/.exec(line)?.groups ?? {};
    if (!hash || !name || listed.has(name)) return null;
    listed.set(name, hash);
  }
  return listed;
}

export function readKey(pem: Bytes | undefined): Bytes | null {
  try {
    return asEd25519(fromPem('PUBLIC KEY', toText(pem ?? none)));
  } catch {
    return null;
  }
}

/** The log's key as report.json gives it: with it a changed log.pub is told from a changed list. */
function embeddedKey(json: Bytes | undefined): Bytes | null {
  try {
    const { audit } = JSON.parse(toText(json ?? none)) as { audit?: { publicKey?: unknown } };
    return typeof audit?.publicKey === 'string' ? readKey(fromText(audit.publicKey)) : null;
  } catch {
    return null;
  }
}
