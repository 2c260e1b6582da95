import { X509Certificate, createPublicKey } from 'node:crypto';
import { PDF } from '@libpdf/core';
import { canonicalJson } from '../audit/canonical-json.ts';
import { openCheckpoint, type ParsedCheckpoint } from '../audit/checkpoint.ts';
import { parseLeaf } from '../audit/leaf.ts';
import { leafHash, rootFromInclusion } from '../audit/merkle.ts';
import type { ReportVerification } from '../contract/reports.ts';
import { sha256, type ReportFiles } from './report-files.ts';
import { reportJson, type ReportJson } from './report-json.ts';
import { checkCades } from './signing/cades.ts';
import { fromPem } from './signing/pem.ts';
import { signedRange } from './signing/pdf-signature.ts';

export type Check = ReportVerification['checks'][number];

/** Checks what the files say and that they belong together; that they are unchanged was checked before. */
export async function checkContent(files: ReportFiles): Promise<Check[]> {
  const bytes = (name: string) => files.get(name) ?? new Uint8Array();
  const text = (name: string) => Buffer.from(bytes(name)).toString();
  const checks: Check[] = [];
  const check = (file: string, good: string, problem: string | null) => {
    checks.push({ file, ok: problem === null, message: problem === null ? good : `Not proven: ${problem}.` });
  };

  const root = readRoot(text('root-ca.crt'));
  const report = readReport(text('report.json'));
  check(
    'root-ca.crt',
    `The root certificate signs itself. SHA-256 fingerprint ${root ? sha256(root.raw) : ''}`,
    root ? null : 'it is no certificate that signs itself',
  );
  check('report.json', 'The report is canonical and complete.', report ? null : 'it is not a report in canonical form');
  if (!root || !report) return checks;

  const signed = 'is signed (CAdES) by a certificate of root-ca.crt.';
  check('report.json.p7s', `report.json ${signed}`, cadesProblem(text('report.json.p7s'), bytes('report.json'), root));
  check(
    'root-ca.crt',
    'It is the certificate that report.json names.',
    sha256(root.raw) === report.rootCertificateSha256 ? null : 'report.json names another certificate',
  );
  check(
    'log.pub',
    'It is the key that report.json names.',
    text('log.pub') === report.audit.publicKey ? null : 'report.json names another key',
  );
  const head = readHead(report);
  check(
    'checkpoint.txt',
    'The state of the audit log is signed by its key.',
    head && text('checkpoint.txt') === report.audit.checkpoint ? null : 'its signature or its text is not that of report.json',
  );
  check('note', 'It is what the checkpoint’s signature covers.', text('note') === head?.body ? null : 'it differs from checkpoint.txt');
  check(
    'sig',
    'It is the checkpoint’s signature.',
    head && Buffer.compare(bytes('sig'), head.signature) === 0 ? null : 'it differs from checkpoint.txt',
  );
  if (head)
    check(
      'report.json',
      `All ${report.audit.leaves.length} audit entries are proven to stand in the log of ${head.size}.`,
      proofProblem(report, head),
    );
  check(
    'report.pdf',
    'The whole document is signed (PAdES) by a certificate of root-ca.crt and has report.json attached.',
    await pdfProblem(bytes('report.pdf'), bytes('report.json'), root),
  );
  return checks;
}

function readRoot(text: string): X509Certificate | null {
  try {
    const der = fromPem('CERTIFICATE', text);
    const certificate = der ? new X509Certificate(der) : null;
    return certificate?.ca && certificate.verify(certificate.publicKey) ? certificate : null;
  } catch {
    return null;
  }
}

function readReport(text: string): ReportJson | null {
  try {
    const report = reportJson.parse(JSON.parse(text));
    return canonicalJson(report) === text ? report : null;
  } catch {
    return null;
  }
}

function readHead({ audit }: ReportJson): ParsedCheckpoint | null {
  try {
    const head = openCheckpoint(audit.checkpoint, createPublicKey(audit.publicKey));
    return head.origin === audit.origin ? head : null;
  } catch {
    return null;
  }
}

function cadesProblem(pem: string, content: Uint8Array, root: X509Certificate): string | null {
  const cms = fromPem('CMS', pem);
  return cms ? checkCades(cms, [content], root) : 'it cannot be read';
}

function proofProblem({ audit }: ReportJson, head: ParsedCheckpoint): string | null {
  for (const { sequence, leaf, leafHash: hash, proof } of audit.leaves) {
    const bytes = Buffer.from(hash, 'hex');
    if (leaf !== null && !isLeaf(leaf, sequence, bytes)) return `audit entry ${sequence} is not the one that was hashed`;
    const root = rootFromInclusion(
      bytes,
      sequence,
      head.size,
      proof.map((node) => Buffer.from(node, 'hex')),
    );
    if (!root || Buffer.compare(root, head.root) !== 0) return `audit entry ${sequence} is not part of the log`;
  }
  return null;
}

function isLeaf(leaf: string, sequence: number, hash: Uint8Array): boolean {
  try {
    return parseLeaf(leaf).sequence === sequence && Buffer.compare(leafHash(Buffer.from(leaf)), hash) === 0;
  } catch {
    return false;
  }
}

async function pdfProblem(pdf: Uint8Array, json: Uint8Array, root: X509Certificate): Promise<string | null> {
  const range = signedRange(pdf);
  if (!range) return 'it has no signature that covers the whole document';
  const problem = checkCades(range.contents, range.signed, root);
  if (problem) return problem;
  try {
    const attached = (await PDF.load(pdf)).getAttachment('report.json');
    return attached && Buffer.compare(attached, json) === 0 ? null : 'the attached report.json is missing or another';
  } catch {
    return 'it cannot be read';
  }
}
