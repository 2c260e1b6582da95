import type { KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { AuditProblem, AuditProblemCode } from '../../contract/audit-problems.ts';
import type { Hash } from '../merkle.ts';
import { isSealedBy, isStartedBy, noSeal, sealHash, type Seal } from './seal.ts';
import type { Sealing } from './sealing.ts';
import { leavesPerEpoch } from './sealing.ts';
import type { SealsRepository } from './seals.repository.ts';

type Report = (code: AuditProblemCode, values?: AuditProblem['values']) => void;
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
    report('sealStart');
    return;
  }
  if (!isStartedBy(log.origin, start.publicKey, start.signature, log.logKey)) report('sealStartKey');
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
  if (!open) report('sealKeyMissing');
  else if (open.epoch !== chain.epoch || !same(open.publicKey, chain.key))
    report('sealKeyOther', { epoch: open.epoch, last: chain.epoch - 1 });
  if (log.size - chain.size >= leavesPerEpoch) report('unsealed', { first: chain.size, last: log.size - 1, most: leavesPerEpoch });
}

function checkSeal(
  seal: Seal,
  chain: { epoch: number; size: number; previous: Hash; key: Uint8Array },
  log: SealedLog,
  report: Report,
): void {
  const { epoch, size } = seal;
  if (epoch !== chain.epoch) report('sealPlace', { epoch, expected: chain.epoch });
  if (size <= chain.size) report('sealEmpty', { epoch });
  if (!same(seal.previous, chain.previous)) report('sealChain', { epoch });
  if (!isSealedBy(log.origin, seal, chain.key)) report('sealSigner', { epoch });
  const root = log.rootAt(size);
  if (!root || !same(root, seal.root)) report('sealRoot', { epoch, size });
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
