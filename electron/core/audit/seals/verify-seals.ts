import type { KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Hash } from '../merkle.ts';
import { isSealedBy, isStartedBy, noSeal, sealHash, type Seal } from './seal.ts';
import type { Sealing } from './sealing.ts';
import { leavesPerEpoch } from './sealing.ts';
import type { SealsRepository } from './seals.repository.ts';

type Report = (message: string) => void;
export type SealedLog = {
  readonly origin: string;
  readonly logKey: KeyObject;
  readonly size: number;
  /** The root that the leaves lead to at a size; null where they do not reach it. */
  readonly rootAt: (size: number) => Hash | null;
};

/** What there was to check at one moment; what is appended meanwhile is sealed by others. */
export type SealsThen = {
  readonly start: ReturnType<SealsRepository['start']>;
  readonly open: ReturnType<Sealing['open']>;
  readonly count: number;
};

export function sealsNow(seals: SealsRepository, sealing: Sealing): SealsThen {
  return { start: seals.start(), open: sealing.open(), count: seals.count() };
}

/** Seals checked before other calls get their turn. */
const pageSize = 20;

/**
 * Checks the chain of seals: bound to the log's key, one per epoch, each over more leaves than the one before, each signed
 * by the key that the one before names, each over the root that the leaves have, and the open epoch's key being the next.
 */
export async function verifySeals(
  seals: SealsRepository,
  { start, open, count }: SealsThen,
  log: SealedLog,
  report: Report,
): Promise<void> {
  if (!start) {
    report('The log has no beginning of its seals.');
    return;
  }
  if (!isStartedBy(log.origin, start.publicKey, start.signature, log.logKey))
    report('The key of the first epoch is not the one that the log began with.');
  let chain = { epoch: 0, size: 0, previous: noSeal, key: start.publicKey };
  while (chain.epoch < count) {
    const page = seals.from(chain.epoch, Math.min(pageSize, count - chain.epoch));
    if (page.length === 0) break;
    for (const seal of page) {
      checkSeal(seal, chain, log, report);
      chain = { epoch: seal.epoch + 1, size: seal.size, previous: sealHash(log.origin, seal), key: seal.nextKey };
    }
    await setImmediate();
  }
  if (!open) report('The key of the open epoch is missing or cannot be opened.');
  else if (open.epoch !== chain.epoch || !same(open.publicKey, chain.key))
    report(`The key that is there is of epoch ${open.epoch}; the seals end with epoch ${chain.epoch - 1} and name another.`);
  if (log.size - chain.size >= leavesPerEpoch)
    report(`Entries ${chain.size} to ${log.size - 1} are not sealed; an epoch ends after ${leavesPerEpoch}.`);
}

function checkSeal(
  seal: Seal,
  chain: { epoch: number; size: number; previous: Hash; key: Uint8Array },
  log: SealedLog,
  report: Report,
): void {
  const problems: string[] = [];
  if (seal.epoch !== chain.epoch) problems.push(`it stands where that of epoch ${chain.epoch} belongs`);
  if (seal.size <= chain.size) problems.push('it covers no entry of its own');
  if (!same(seal.previous, chain.previous)) problems.push('it does not follow the seal before it');
  if (!isSealedBy(log.origin, seal, chain.key)) problems.push('another key than that of its epoch signed it');
  const root = log.rootAt(seal.size);
  if (!root || !same(root, seal.root)) problems.push(`the first ${seal.size} entries are not those that were sealed`);
  if (problems.length > 0) report(`The seal of epoch ${seal.epoch} does not hold: ${problems.join('; ')}.`);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
