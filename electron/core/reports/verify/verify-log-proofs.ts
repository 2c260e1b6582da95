import { fromText, toHex } from './bytes.ts';
import { bad, good, type Check } from './checks.ts';
import { isSigned, readCheckpoint, readCosignatures, type Checkpoint, type Witnessed, type WitnessKey } from './checkpoint.ts';
import { isCanonical, type Envelope } from './envelope.ts';
import { continues, leafHash, rootsFromInclusion } from './merkle.ts';
import { readKey } from './verify-seal.ts';

/** What somebody outside the machine confirmed of the log. */
export type WitnessFindings = {
  /** The largest part of the log that witnesses of known keys saw, with what each of them said of it. */
  readonly seen: readonly (Witnessed & { readonly size: number })[];
  /** Witnesses that nobody gave a key for. */
  readonly unknown: readonly string[];
};

/** The head of the log as report.json gives it, where its key signed it. */
export async function readHead({ audit }: Envelope): Promise<Checkpoint | null> {
  const key = readKey(fromText(audit.publicKey));
  const head = readCheckpoint(audit.checkpoint);
  return key && head?.origin === audit.origin && (await isSigned(head, key)) ? head : null;
}

/** Does every audit entry stand in the log under the head? */
export async function checkLeaves({ audit }: Envelope, head: Checkpoint): Promise<Check> {
  const root = toHex(head.root);
  const hashes = await Promise.all(audit.leaves.map(async ({ leaf }) => (leaf === null ? null : leafHash(fromText(leaf)))));
  const inclusions = audit.leaves.map((each) => ({ leafHash: each.leafHash, index: each.sequence, path: each.proof }));
  const roots = await rootsFromInclusion(inclusions, head.size);
  for (const [at, { sequence, leaf, leafHash: hash }] of audit.leaves.entries()) {
    // In order, so that none counts twice.
    if (at > 0 && sequence <= (audit.leaves[at - 1]?.sequence ?? sequence)) return bad('report.json', 'leaf-twice', { sequence });
    if (leaf !== null && !(isLeaf(leaf, sequence) && hashes[at] === hash)) return bad('report.json', 'leaf-other', { sequence });
    if (roots[at] !== root) return bad('report.json', 'leaf-outside', { sequence });
  }
  return good('report.json', 'leaves', { count: audit.leaves.length, size: head.size });
}

/** Cosignatures under the head and under an earlier one that the log still contains. */
export async function checkWitnesses(
  { audit }: Envelope,
  head: Checkpoint,
  keys: readonly WitnessKey[],
): Promise<{ checks: Check[]; findings: WitnessFindings }> {
  const now = await readCosignatures(head, keys);
  const checks = [
    ...now.wrong.map((name) => bad('checkpoint.txt', 'cosignature-wrong', { name })),
    ...now.known.map(({ name, at }) => good('checkpoint.txt', 'cosigned', { name, at: iso(at) })),
  ];
  const seen = now.known.map((each) => ({ ...each, size: head.size }));
  const { cosigned } = audit.witness;
  if (!cosigned) return { checks, findings: { seen, unknown: now.unknown } };
  const earlier = readCheckpoint(cosigned.checkpoint);
  const key = readKey(fromText(audit.publicKey));
  const { size } = cosigned;
  const holds =
    key !== null &&
    earlier?.origin === head.origin &&
    earlier.size === size &&
    (await isSigned(earlier, key)) &&
    (size === 0 || (await continues(size, toHex(earlier.root), head.size, toHex(head.root), cosigned.consistency)));
  if (!earlier || !holds) return { checks: [...checks, bad('report.json', 'forked', { size })], findings: { seen, unknown: now.unknown } };
  const then = await readCosignatures(earlier, keys);
  checks.push(
    good('report.json', 'continues', { size }),
    ...then.wrong.map((name) => bad('report.json', 'cosignature-wrong', { name })),
    ...then.known.map(({ name, at }) => good('report.json', 'cosigned-earlier', { name, size, at: iso(at) })),
  );
  const unknown = [...new Set([...now.unknown, ...then.unknown])];
  return { checks, findings: { seen: [...seen, ...then.known.map((each) => ({ ...each, size }))], unknown } };
}

export function iso(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}

/** Canonical JSON that names its own place. What else it says depends on the version that wrote it. */
function isLeaf(leaf: string, sequence: number): boolean {
  try {
    const value: unknown = JSON.parse(leaf);
    return isCanonical(leaf, value) && (value as { sequence?: unknown } | null)?.sequence === sequence;
  } catch {
    return false;
  }
}
