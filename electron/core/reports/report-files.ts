import { createHash, sign } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { LogSigner } from '../audit/signing-keys.ts';
import type { Logo } from '../organisation/read-logo.ts';
import { layOutReport } from './pdf/report-pdf.ts';
import type { ReportJson } from './report-json.ts';
import { signCades } from './signing/cades.ts';
import { toPem } from './signing/pem.ts';
import type { ReportSigning } from './signing/report-signer.ts';
import { signPdf } from './signing/sign-pdf.ts';
import { fromText, own, type Bytes } from './verify/bytes.ts';
import { readCheckpoint, type Checkpoint } from './verify/checkpoint.ts';
import {
  chainFile,
  requiredFiles,
  sm2Files,
  sumsFile,
  sumsSignatureFile,
  timeStampFiles,
  writeSums as sumsOf,
} from './verify/file-names.ts';
import { writeSm3Sums } from './verify/verify-extras.ts';
import { verifyText } from './verify-text.ts';

export { requiredFiles, sumsFile, sumsSignatureFile };
/** The files of every report; what was chosen when it was made may bring more. */
export const reportFileNames: readonly string[] = [...requiredFiles, sumsFile, sumsSignatureFile];

export type ReportFiles = ReadonlyMap<string, Uint8Array>;

/** Writes and signs all files of a report. Every one is covered: the list by its signature, the rest by the list. ADR 0006. */
export async function writeReportFiles(
  report: ReportJson,
  signing: ReportSigning,
  log: LogSigner,
  resources: string,
  logo: Logo | null = null,
): Promise<ReportFiles> {
  const { signer, timeStamp, sm2 } = signing;
  const json = Buffer.from(canonicalJson(report));
  const { checkpoint, publicKey } = report.audit;
  const head = readCheckpoint(checkpoint);
  if (!head) throw new Error('the head of the log has no form that can be checked');
  const createdAt = new Date(report.createdAt);
  const pdf = await layOutReport(report, resources, logo);
  pdf.addAttachment('report.json', json, { mimeType: 'application/json', createdAt, modifiedAt: createdAt });
  const cades = fromText(toPem('CMS', await signCades([json], signer)));
  const contents: Record<(typeof requiredFiles)[number], Uint8Array> = {
    // No word of the report's: it would stand unpacked in the signature, where the range of what is signed is looked for.
    'report.pdf': await signPdf(pdf, signer, `Redoubt report ${report.id}`, createdAt),
    'report.json': json,
    'report.json.p7s': cades,
    'checkpoint.txt': fromText(checkpoint),
    note: fromText(head.body),
    sig: head.signature,
    'log.pub': fromText(publicKey),
    'root-ca.crt': fromText(toPem('CERTIFICATE', signer.root)),
    'VERIFY.txt': fromText(
      verifyText({
        at: signing.organisation ? createdAt : null,
        timeStamp: timeStamp !== null,
        sm2: sm2 !== null,
        witnesses: cosigners(report, head),
      }),
    ),
  };
  const files = new Map<string, Bytes>(requiredFiles.map((name) => [name, own(contents[name])]));
  if (signing.organisation)
    files.set(chainFile, fromText([signer.certificate, ...signer.intermediates].map((der) => toPem('CERTIFICATE', der)).join('')));
  if (timeStamp) {
    const [responseFile, rootFile] = timeStampFiles;
    files.set(responseFile, own(timeStamp.stamp(cades, new Date())));
    files.set(rootFile, fromText(toPem('CERTIFICATE', timeStamp.root)));
  }
  if (sm2) {
    const [certificateFile, listFile, signatureFile] = sm2Files;
    files.set(certificateFile, fromText(toPem('CERTIFICATE', sm2.certificate)));
    const list = writeSm3Sums(files);
    files.set(listFile, list);
    files.set(signatureFile, own(sm2.sign(list)));
  }
  const sums = await sumsOf(files);
  return new Map([...files, [sumsFile, sums], [sumsSignatureFile, sign(null, sums, log.privateKey)]]);
}

/** Names of those who cosigned the head of the report, or an earlier one that it continues. */
function cosigners({ audit }: ReportJson, head: Checkpoint): string[] {
  const earlier = audit.witness.cosigned && readCheckpoint(audit.witness.cosigned.checkpoint);
  return [...new Set([...head.others, ...(earlier?.others ?? [])].map(({ name }) => name))];
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
