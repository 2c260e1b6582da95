import type { AuditLog } from '../audit/audit-log.ts';
import type { Hash } from '../audit/merkle.ts';
import type { AuditProof } from '../contract/audit-proof.ts';
import { AppError } from '../errors.ts';
import { logKeyOf } from './compare-head.ts';
import type { WitnessService } from './witness.service.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/**
 * Proves one entry against the smallest cosigned head that holds it, since nobody can take that back, or against the head
 * of now where no witness has seen it.
 * @throws AppError `audit/no-entry`
 */
export function proveEntry(audit: AuditLog, witnesses: WitnessService, sequence: number): AuditProof {
  const entry = audit.entry(sequence);
  if (!entry)
    throw new AppError('audit/no-entry', 'The log has no entry of this number. Look for it with: redoubt audit search', { sequence });
  const { size, checkpoint } = witnesses.heads.over(sequence) ?? audit.signedHead();
  const path = audit.inclusion(sequence, size);
  return {
    sequence,
    leaf: entry.canonical,
    leafHash: hex(entry.leafHash),
    size,
    path: path.map(hex),
    checkpoint,
    logKey: logKeyOf(audit),
    publicKey: audit.signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    witnesses: witnesses.heads.cosigners(size),
    file: proofFile(sequence, entry.canonical, path, checkpoint),
  };
}

/** C2SP tlog-proof: extra data, place, audit path and checkpoint. */
function proofFile(sequence: number, leaf: string | null, path: readonly Hash[], checkpoint: string): string {
  const extra = leaf === null ? [] : [`extra ${Buffer.from(leaf).toString('base64')}`];
  const hashes = path.map((hash) => Buffer.from(hash).toString('base64'));
  return ['c2sp.org/tlog-proof@v1', ...extra, `index ${sequence}`, ...hashes, '', checkpoint].join('\n');
}
