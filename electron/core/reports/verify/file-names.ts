import { fromText, sha256Hex, type Bytes } from './bytes.ts';

/** The files of every report, in the order of the list. */
export const requiredFiles = [
  'report.pdf',
  'report.json',
  'report.json.p7s',
  'checkpoint.txt',
  'note',
  'sig',
  'log.pub',
  'root-ca.crt',
  'VERIFY.txt',
] as const;
/** Files that come with what was chosen when the report was made. */
export const chainFile = 'chain.pem';
export const timeStampFiles = ['report.json.p7s.tsr', 'time-stamp-ca.crt'] as const;
export const sm2Files = ['sm2.crt', 'SM3SUMS', 'SM3SUMS.sig'] as const;
const known: readonly string[] = [...requiredFiles, chainFile, ...timeStampFiles, ...sm2Files];

/** The list and its signature: a report is exactly these and the listed files. */
export const sumsFile = 'SHA256SUMS';
export const sumsSignatureFile = 'SHA256SUMS.sig';

/** A name that may stand in a list. */
export function isKnown(name: string): boolean {
  return known.includes(name);
}

/** What the list covers: the files of every report and those of the others that are there, in order. */
export function listedOf(files: { has(name: string): boolean }): string[] {
  return known.filter((name) => (requiredFiles as readonly string[]).includes(name) || files.has(name));
}

/** What SM3SUMS covers: everything in SHA256SUMS but itself and its signature. */
export function sm3ListedOf(files: { has(name: string): boolean }): string[] {
  return listedOf(files).filter((name) => name !== 'SM3SUMS' && name !== 'SM3SUMS.sig');
}

/** SHA256SUMS as `sha256sum -c` reads it. */
export async function writeSums(files: ReadonlyMap<string, Bytes>): Promise<Bytes> {
  const lines = await Promise.all(
    listedOf(files).map(async (name) => `${await sha256Hex(files.get(name) ?? new Uint8Array())}  ${name}\n`),
  );
  return fromText(lines.join(''));
}
