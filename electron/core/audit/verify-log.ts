import type { AuditProblem } from '../contract/audit-problems.ts';
import type { AuditVerification } from '../contract/audit.ts';
import type { AuditMark } from '../vault/anchor.ts';
import { auditSql } from '../vault/migrations/0001/audit.sql.ts';
import type { AuditRepository, HeadRow } from './audit.repository.ts';
import type { CheckpointSigner } from './checkpoint.ts';
import { rootOfEdge, unpackEdge } from './edge.ts';
import type { HeadMac } from './head-mac.ts';
import { Leaves } from './leaves.ts';
import type { LeafTerms } from './leaf-terms.ts';
import { emptyRoot } from './merkle.ts';
import type { Sealing } from './seals/sealing.ts';
import type { SealsRepository } from './seals/seals.repository.ts';
import { sealsNow, verifySeals } from './seals/verify-seals.ts';
import type { LogSigner, LogStorage } from './signing-keys.ts';
import { checkHold } from './verify/check-hold.ts';
import { checkPrunes } from './verify/check-prunes.ts';
import { same } from './verify/frontier.ts';
import { quickPass, readHere, type Passed } from './verify/quick-pass.ts';
import { readInThreads } from './verify/readers.ts';
import { SegmentCheck, segmentLeaves } from './verify/segment-check.ts';
import { problem, type Report } from './verify/problem.ts';
import { thoroughPass } from './verify/thorough-pass.ts';

export type LogParts = {
  readonly storage: LogStorage;
  readonly leaves: AuditRepository;
  readonly seals: SealsRepository;
  readonly sealing: Sealing;
  readonly signer: LogSigner;
  readonly mac: HeadMac;
  readonly terms: LeafTerms;
  /** Signs a head. */
  readonly sign: CheckpointSigner;
};

/** A log that is wrong everywhere need not be listed whole. */
const mostProblems = 200;
/** Threads are not worth their start for a smaller log. */
const threadsFrom = 20_000;

/** Checks the log as it stands at the call; leaves appended meanwhile are left for the next time. */
export async function verifyAuditLog(
  { storage, leaves, seals, sealing, signer, mac, terms, sign }: LogParts,
  anchor?: AuditMark | null,
  signal?: AbortSignal,
): Promise<AuditVerification> {
  const started = performance.now();
  const problems: AuditProblem[] = [];
  const report: Report = (...found) => {
    if (problems.length < mostProblems) problems.push(problem(...found));
  };

  // The pages that memory holds may not be those of the file any more, which threads read, and which the next opening reads.
  storage.db.pragma('shrink_memory');
  const stored = leaves.head();
  const sealsThen = sealsNow(seals, sealing);
  if (!stored) report(null, 'headMissing');
  const head = stored ?? { size: leaves.highest() + 1, root: emptyRoot, edge: new Uint8Array() };
  const strays = leaves.strays(head.size);
  if (strays.leaves > 0) report(null, 'strayEntries', { entries: strays.leaves, size: head.size });
  if (strays.nodes > 0) report(null, 'strayNodes', { nodes: strays.nodes });
  if (leaves.extras() > 0) report(null, 'headSecond');
  const noted = leaves.notedKey();
  if (!noted || !same(noted, signer.publicKey.export({ format: 'der', type: 'spki' }))) report(null, 'logKey');
  if (stored) {
    if (!mac.fits(stored)) report(null, 'headForeign');
    checkEdge(stored, report);
  }
  checkSchema(leaves.schema(), report);
  const texts = new Leaves(storage.db, terms);
  checkHold(leaves, texts, head.size, report);

  const wanted = new Set([...seals.sizes(), ...(anchor ? [anchor.size] : [])]);
  const quick = stored && (await passQuickly(storage, leaves, head.size, signal));
  const fits = quick && same(quick.root, head.root) ? quick : null;
  const { root, stubs, rootAt } = fits ?? (await thoroughPass(leaves, head.size, wanted, report, signal));
  if (stored && !same(root, head.root)) report(null, 'headRoot');
  await checkPrunes(leaves, texts, stubs.taken(), head.size, report);
  const sealed = { origin: signer.origin, logKey: signer.publicKey, size: head.size, rootAt };
  await verifySeals(seals, sealsThen, sealed, (code, values) => report(null, code, values));
  if (anchor) checkAnchor(anchor, head.size, rootAt, report);

  return {
    ok: problems.length === 0,
    size: head.size,
    rootHash: Buffer.from(root).toString('hex'),
    checkpoint: stored && mac.fits(stored) ? sign(stored) : '',
    publicKey: signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    seals: sealsThen.count,
    pruned: stubs.count,
    problems,
    durationMs: performance.now() - started,
  };
}

/** What there is to say of a log whose pages are damaged. @throws the error, where it is another */
export function unreadableLog({ signer }: Pick<LogParts, 'signer'>, error: unknown): AuditVerification {
  if (!/^SQLITE_(?:CORRUPT|NOTADB|IOERR)/.test(String((error as { code?: unknown }).code))) throw error;
  return {
    ok: false,
    size: 0,
    rootHash: Buffer.from(emptyRoot).toString('hex'),
    checkpoint: '',
    publicKey: signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    seals: 0,
    pruned: 0,
    problems: [problem(null, 'pages')],
    durationMs: 0,
  };
}

/** Null where anything does not fit; threads that found that out are not asked why, since they see the file alone. */
async function passQuickly(storage: LogStorage, leaves: AuditRepository, size: number, signal?: AbortSignal): Promise<Passed | null> {
  const count = Math.floor(size / segmentLeaves);
  const read = size < threadsFrom ? null : await readInThreads(storage, size, count, signal);
  const segments = read ?? (await readHere(new SegmentCheck(storage.db), count, signal));
  return segments && quickPass(leaves, size, segments);
}

/** The root leaves no choice for what it is made of. */
function checkEdge({ edge, size, root }: HeadRow, report: Report): void {
  const hashes = unpackEdge(edge, size);
  if (!hashes || !same(rootOfEdge(hashes), root)) report(null, 'headEdge');
}

function checkAnchor(anchor: AuditMark, size: number, rootAt: (size: number) => Uint8Array | null, report: Report): void {
  if (anchor.size > size) report(null, 'anchorAhead', { kept: anchor.size, size });
  else if (Buffer.from(rootAt(anchor.size) ?? []).toString('hex') !== anchor.rootHash) report(null, 'anchorOther', { kept: anchor.size });
}

/** Columns that are generated from the text, conditions and triggers: a table that was made otherwise says what it likes. */
function checkSchema(present: Map<string, string>, report: Report): void {
  const wanted = [...auditSql.matchAll(/CREATE (?<kind>TABLE|INDEX|TRIGGER) (?<name>\w+)[\s\S]*?(?=;\n)/g)];
  for (const { 0: sql, groups } of wanted) {
    const { kind, name = '' } = groups ?? {};
    if (present.get(name) !== sql) report(null, kind === 'TRIGGER' ? 'guard' : kind === 'INDEX' ? 'index' : 'table', { name });
    present.delete(name);
  }
  for (const name of present.keys()) report(null, 'foreignSchema', { name });
}
