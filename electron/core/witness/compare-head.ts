import type { AuditLog } from '../audit/audit-log.ts';
import { openCheckpoint } from '../audit/checkpoint.ts';
import type { WitnessAlarm } from '../contract/witness.ts';
import type { AppError } from '../errors.ts';
import type { OpenAnswer } from './answer.ts';
import { forked, older, otherLogKey, type SeenHead } from './judge.ts';
import { formatNoteKey, noteKey, noteSignature } from './note-key.ts';

/** What a witness has seen and the log does not bear out. */
export type Wrong = {
  readonly verdict: WitnessAlarm;
  readonly figures: { readonly size: number; readonly seenSize: number; readonly seenAt: number };
};

/** Compares what a witness has seen of a log with the log; null: the log continues it. */
export function compareSeen(audit: AuditLog, seen: SeenHead): Wrong | null {
  const { size } = audit.head();
  const figures = { size, seenSize: seen.size, seenAt: seen.at * 1_000 };
  if (seen.logKey !== logKeyOf(audit)) return { verdict: 'other-key', figures };
  if (seen.size > size) return { verdict: 'older', figures };
  return Buffer.compare(audit.rootAt(seen.size), seen.root) === 0 ? null : { verdict: 'forked', figures };
}

/** The same for the head in an answer, which must bear the signature of this log. */
export function compareAnswer(audit: AuditLog, { head, at, answer }: OpenAnswer): Wrong | null {
  const seen = { logKey: logKeyOf(audit), size: head.size, root: head.root, at };
  try {
    openCheckpoint(answer.checkpoint, audit.signer.publicKey);
  } catch {
    return { verdict: 'other-key', figures: { size: audit.head().size, seenSize: head.size, seenAt: at * 1_000 } };
  }
  return compareSeen(audit, seen);
}

export function errorOf({ verdict, figures }: Wrong): AppError {
  if (verdict === 'older') return older(figures);
  return verdict === 'forked' ? forked(figures) : otherLogKey();
}

/** The verifier key of a log. */
export function logKeyOf({ signer }: AuditLog): string {
  return formatNoteKey(noteKey(signer.origin, noteSignature, signer.publicKey));
}
