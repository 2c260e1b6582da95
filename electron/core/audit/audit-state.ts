import type { AuditState } from '../contract/audit.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { WitnessService } from '../witness/witness.service.ts';
import type { AuditLog } from './audit-log.ts';
import type { LogKeeping } from './log-keeping.ts';

type Parts = {
  readonly audit: AuditLog;
  readonly keeping: LogKeeping;
  readonly policies: PoliciesService;
  readonly witnesses: WitnessService;
};

/** How the log stands: its head, what the last verification said, what was sealed and pruned, and who has witnessed it. */
export function auditStateOf({ audit, keeping, policies, witnesses }: Parts): AuditState {
  const { size, root } = audit.head();
  const { pruner } = keeping;
  return {
    size,
    rootHash: Buffer.from(root).toString('hex'),
    checkpoint: audit.checkpoint(),
    publicKey: audit.signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    verification: keeping.upkeep.verification,
    seals: audit.sealed(),
    pruned: pruner.state,
    retentionDays: policies.current.retention.auditDays,
    hold: pruner.hold,
    witnesses: witnesses.summary(),
  };
}
