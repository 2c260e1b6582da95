import type { AlertsService } from '../alerts/alerts.service.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { BackupService } from '../backup/backup.service.ts';
import type { DirectoryService } from '../identity/directory/directory.service.ts';
import type { IdentityService } from '../identity/identity.service.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { ProcessState } from '../supervision/messages.ts';
import type { Freshness } from '../vault/freshness.ts';
import type { KeysService } from '../vault/keys/keys.service.ts';
import type { RotationService } from '../vault/rotation/rotation.service.ts';
import type { WitnessService } from '../witness/witness.service.ts';
import type { VaultFacts } from './vault-facts.ts';

type Parts = Pick<VaultFacts, 'db' | 'leaves' | 'verifyAudit' | 'blobs'> & {
  readonly policies: PoliciesService;
  readonly identity: IdentityService;
  readonly keys: KeysService;
  readonly rotation: RotationService;
  readonly backups: BackupService;
  readonly freshness: Freshness;
  readonly audit: AuditLog;
  readonly witnesses: WitnessService;
  readonly alerts: AlertsService;
  readonly directory: DirectoryService;
  readonly processes: () => readonly ProcessState[];
};

/** What checks of compliance and attestations read, from the parts of an open vault. */
export function gatherVaultFacts(parts: Parts): VaultFacts {
  const { db, leaves, verifyAudit, blobs, alerts } = parts;
  return {
    db,
    leaves,
    verifyAudit,
    blobs,
    now: () => Date.now(),
    policies: () => parts.policies.state,
    people: () => parts.identity.list(),
    slots: () => parts.keys.slots(),
    rotation: () => parts.rotation.state,
    backup: () => parts.backups.state(),
    anchor: () => parts.freshness.state(parts.audit),
    witnesses: () => parts.witnesses.summary(),
    alerts: () => ({ rules: Object.values(alerts.rules().rules), open: alerts.known({ state: 'open', limit: 500 }) }),
    directory: () => parts.directory.settings,
    processIds: () => [process.pid, ...parts.processes().flatMap(({ pid }) => (pid === null ? [] : [pid]))],
  };
}
