import { isConsistent } from '../audit/consistency.ts';
import type { Hash } from '../audit/merkle.ts';
import { AppError } from '../errors.ts';
import { requireSigned } from './answer.ts';
import type { WitnessRequest } from './request.ts';

/** What a witness remembers of a log. */
export type SeenHead = { readonly logKey: string; readonly size: number; readonly root: Hash; /** Seconds. */ readonly at: number };

/**
 * Decides whether a witness that last saw `seen` (null: nothing of this log) may cosign. It takes the key of a log it
 * meets for the first time as that log's key, and no other from then on. Changes nothing.
 * @throws AppError `witness/other-log-key`, `witness/older`, `witness/forked`, `witness/not-from-here`, `audit/bad-checkpoint`
 */
export function judge(seen: SeenHead | null, request: WitnessRequest): { size: number; root: Hash; body: string; origin: string } {
  if (seen && seen.logKey !== request.logKey) throw otherLogKey();
  const { size, root, body, origin } = requireSigned(request.checkpoint, request.logKey);
  const figures = { size, seenSize: seen?.size ?? 0, seenAt: seen ? seen.at * 1_000 : null };
  if (seen && size < seen.size) throw older(figures);
  const before = seen ? { size: seen.size, root: seen.root } : null;
  if (before && size === before.size && Buffer.compare(root, before.root) !== 0) throw forked(figures);
  if (request.old !== (seen?.size ?? 0)) throw notFromHere(figures);
  const consistent = before ? isConsistent(before, { size, root }, request.proof) : size > 0 && request.proof.length === 0;
  if (!consistent) throw forked(figures);
  return { size, root, body, origin };
}

type Figures = { readonly size: number; readonly seenSize: number; readonly seenAt: number | null };
const seenText = ({ seenSize, seenAt }: Figures) => `${seenSize} entries${seenAt === null ? '' : ` on ${new Date(seenAt).toISOString()}`}`;

export function older(figures: Figures): AppError {
  return new AppError(
    'witness/older',
    `This log holds ${figures.size} entries, but the witness has seen ${seenText(figures)}: the vault was put back to an earlier state, its mark outside too. Nothing was cosigned. Keep the vault as it is and find the newer copy.`,
    figures,
  );
}

export function forked(figures: Figures): AppError {
  return new AppError(
    'witness/forked',
    `This log does not continue the one of which the witness has seen ${seenText(figures)}: its entries were replaced, or the proof is damaged. Nothing was cosigned. Keep the vault as it is and find out which copy is the true one.`,
    figures,
  );
}

export function otherLogKey(): AppError {
  return new AppError(
    'witness/other-log-key',
    'The witness knows this log under another key: the log was made anew under its old name. Nothing was cosigned. Keep the vault as it is and find out which copy is the true one.',
  );
}

function notFromHere(figures: Figures): AppError {
  return new AppError(
    'witness/not-from-here',
    `The request begins elsewhere than where the witness stands, which has seen ${seenText(figures)}; it was used before, or another one was. Nothing was cosigned. Take the answer of the witness into the vault and make a new request.`,
    figures,
  );
}
