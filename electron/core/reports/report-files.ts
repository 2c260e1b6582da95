import { createHash, sign } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import { parseCheckpoint } from '../audit/checkpoint.ts';
import type { LogSigner } from '../audit/signing-keys.ts';
import { layOutReport } from './pdf/report-pdf.ts';
import type { ReportJson } from './report-json.ts';
import { signCades } from './signing/cades.ts';
import { toPem } from './signing/pem.ts';
import type { ReportIdentity } from './signing/report-identity.ts';
import { signPdf } from './signing/sign-pdf.ts';
import { verifyText } from './verify-text.ts';

/** The files that SHA256SUMS lists, in its order. */
export const listedFiles = [
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
/** The list and its signature: a report is exactly these and the listed files. */
export const sumsFile = 'SHA256SUMS';
export const sumsSignatureFile = 'SHA256SUMS.sig';
export const reportFileNames: readonly string[] = [...listedFiles, sumsFile, sumsSignatureFile];

export type ReportFiles = ReadonlyMap<string, Uint8Array>;

/** Writes and signs all files of a report. Every one is covered: the list by its signature, the rest by the list. ADR 0006. */
export async function writeReportFiles(
  report: ReportJson,
  identity: ReportIdentity,
  log: LogSigner,
  resources: string,
): Promise<ReportFiles> {
  const json = Buffer.from(canonicalJson(report));
  const { checkpoint, publicKey } = report.audit;
  const { body, signature } = parseCheckpoint(checkpoint);
  const pdf = await layOutReport(report, resources);
  pdf.addAttachment('report.json', json, {
    mimeType: 'application/json',
    createdAt: new Date(report.createdAt),
    modifiedAt: new Date(report.createdAt),
  });
  const contents: Record<(typeof listedFiles)[number], Uint8Array> = {
    'report.pdf': await signPdf(pdf, identity, report.title, new Date(report.createdAt)),
    'report.json': json,
    'report.json.p7s': Buffer.from(toPem('CMS', signCades([json], identity))),
    'checkpoint.txt': Buffer.from(checkpoint),
    note: Buffer.from(body),
    sig: signature,
    'log.pub': Buffer.from(publicKey),
    'root-ca.crt': Buffer.from(toPem('CERTIFICATE', identity.root)),
    'VERIFY.txt': Buffer.from(verifyText()),
  };
  const files = new Map<string, Uint8Array>(listedFiles.map((name) => [name, contents[name]]));
  const sums = writeSums(files);
  files.set(sumsFile, sums);
  files.set(sumsSignatureFile, sign(null, sums, log.privateKey));
  return files;
}

/** SHA256SUMS as `sha256sum -c` reads it. Every listed file must be there. */
export function writeSums(files: ReportFiles): Buffer {
  return Buffer.from(listedFiles.map((name) => `${sha256(files.get(name) ?? new Uint8Array())}  ${name}\n`).join(''));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
