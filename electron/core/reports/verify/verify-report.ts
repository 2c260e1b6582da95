import { equal, toText, type Bytes } from './bytes.ts';
import { fingerprint, isRoot, validAt, type Certificate } from './certificates.ts';
import { bad, good, type Check } from './checks.ts';
import { checkCms, type CmsResult } from './cms.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { checkPdf } from './pdf.ts';
import { chainFile } from './file-names.ts';
import { fromPem } from './pem.ts';
import { statements, type Statement } from './statements.ts';
import type { WitnessKey } from './checkpoint.ts';
import { checkChain, checkSm2, checkSuite, checkTimeStamp, readOne } from './verify-extras.ts';
import { checkLeaves, checkWitnesses, readHead, type WitnessFindings } from './verify-log-proofs.ts';
import { checkSeal, type Files } from './verify-seal.ts';

/** What was found, in codes that `texts.ts` puts into words. */
export type Verdict = {
  readonly verified: boolean;
  readonly checks: readonly Check[];
  /** What the report says it is; null where it cannot be read. Only worth something where `verified`. */
  readonly report: Envelope | null;
  /** Whom it leads to: to be compared with what the owner of the vault says. */
  readonly root: { readonly subject: string; readonly sha256: string } | null;
  readonly proven: readonly Statement[];
  readonly notProven: readonly Statement[];
};

const none: Bytes = new Uint8Array();

/**
 * Checks a report from its files alone: no vault, no network, and no cryptography but WebCrypto (and SM2 in software),
 * so that a browser does it too. Every file gets at least one check; a file that was changed, added or taken away is named.
 */
export async function verifyFiles(files: Files, witnesses: readonly WitnessKey[] = []): Promise<Verdict> {
  const sealed = await checkSeal(files);
  const report = readEnvelope(files.get('report.json') ?? none);
  const root = readOne(files.get('root-ca.crt'));
  const shown = { report, root: root && { subject: root.subjectText, sha256: await fingerprint(root) } };
  // A changed file is named by the list; what its content then says is of no more interest.
  if (sealed.some(({ ok }) => !ok))
    return { verified: false, checks: sealed, ...shown, proven: [], notProven: [{ code: 'proves-nothing', values: {} }] };
  const content = await checkContent(files, report, root, shown.root?.sha256 ?? '', witnesses);
  const checks = [...sealed, ...content.checks];
  const verified = checks.every(({ ok }) => ok);
  if (!verified || !report || !content.findings)
    return { verified: false, checks, ...shown, proven: [], notProven: [{ code: 'proves-nothing', values: {} }] };
  const facts = { report, files: files.size, root: shown.root?.sha256 ?? '', ...content.findings };
  return { verified, checks, ...shown, ...statements(facts) };
}

export type Findings = {
  readonly signer: string;
  readonly size: number;
  readonly witnesses: WitnessFindings;
  readonly sm2: string | null;
  readonly timeStamped: boolean;
  /** An organisation’s authority certified the signer. */
  readonly certified: boolean;
};

/** Checks what the files say and that they belong together; that they are unchanged was checked before. */
async function checkContent(
  files: Files,
  report: Envelope | null,
  root: Certificate | null,
  rootSha256: string,
  keys: readonly WitnessKey[],
): Promise<{ checks: Check[]; findings: Findings | null }> {
  const bytes = (name: string) => files.get(name) ?? none;
  const signsItself = root !== null && (await isRoot(root));
  const checks: Check[] = [
    signsItself ? good('root-ca.crt', 'root', { sha256: rootSha256 }) : bad('root-ca.crt', 'root-bad'),
    report ? good('report.json', 'json') : bad('report.json', 'json-bad'),
  ];
  if (!report || !root || !signsItself) return { checks, findings: null };

  const cms = fromPem('CMS', text(bytes('report.json.p7s')));
  const signed: CmsResult = cms ? await checkCms(cms, [bytes('report.json')], root) : { problem: 'unreadable' };
  const path = signed.problem === null ? signed.path : [];
  const signer = path[0]?.subjectText ?? '';
  checks.push(signed.problem ? bad('report.json.p7s', signed.problem) : good('report.json.p7s', 'json-signed', { signer }));
  if (!validAt(path, report.createdAt)) checks.push(bad('report.json.p7s', 'not-valid-then'));
  checks.push(rootSha256 === report.rootCertificateSha256 ? good('root-ca.crt', 'root-named') : bad('root-ca.crt', 'root-other'));
  if (path.length > 0) checks.push(...checkChain(files, path));
  checks.push(text(bytes('log.pub')) === report.audit.publicKey ? good('log.pub', 'key-named') : bad('log.pub', 'key-other'));

  const head = await readHead(report);
  const sameHead = head !== null && text(bytes('checkpoint.txt')) === report.audit.checkpoint;
  checks.push(
    sameHead ? good('checkpoint.txt', 'head') : bad('checkpoint.txt', 'head-other'),
    text(bytes('note')) === head?.body ? good('note', 'note') : bad('note', 'note-other'),
    head && equal(bytes('sig'), head.signature) ? good('sig', 'sig') : bad('sig', 'sig-other'),
  );
  const witnessed = head ? await checkWitnesses(report, head, keys) : null;
  if (head) checks.push(await checkLeaves(report, head), ...(witnessed?.checks ?? []));

  const pdf = await checkPdf(bytes('report.pdf'), bytes('report.json'), root, path[0] ?? null);
  checks.push(pdf ? bad('report.pdf', pdf) : good('report.pdf', 'pdf'));
  const suite = checkSuite(files, report);
  if (suite) checks.push(suite);
  const stamped = await checkTimeStamp(files, report);
  const sm2 = await checkSm2(files);
  checks.push(...stamped, ...sm2.checks);
  if (!head || !witnessed) return { checks, findings: null };
  const findings = {
    signer,
    size: head.size,
    witnesses: witnessed.findings,
    sm2: sm2.fingerprint,
    timeStamped: stamped.length > 0,
    certified: files.has(chainFile),
  };
  return { checks, findings };
}

/** Text, or what no text of a report is. */
function text(bytes: Bytes): string {
  try {
    return toText(bytes);
  } catch {
    return '\u0000';
  }
}
