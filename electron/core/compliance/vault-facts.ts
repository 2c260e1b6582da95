import type { Leaves } from '../audit/leaves.ts';
import type { AuditVerification } from '../contract/audit.ts';
import type { BackupState } from '../contract/backup.ts';
import type { DirectorySettings, Person } from '../contract/identity.ts';
import type { PolicyState } from '../contract/policies.ts';
import type { AnchorState, KeySlot, RotationState } from '../contract/vault.ts';
import type { WitnessSummary } from '../contract/witness.ts';
import type { WritableDb } from '../vault/database.ts';

/** What the checks read from the open vault. Nothing here changes it. */
export type VaultFacts = {
  readonly db: WritableDb;
  readonly leaves: Leaves;
  readonly now: () => number;
  readonly policies: () => PolicyState;
  readonly people: () => readonly Person[];
  readonly slots: () => readonly KeySlot[];
  readonly rotation: () => RotationState;
  readonly backup: () => BackupState;
  readonly anchor: () => AnchorState;
  readonly witnesses: () => WitnessSummary;
  /** What is looked for in the log, and the alerts that nobody has looked into. */
  readonly alerts: () => { readonly rules: readonly { readonly on: boolean }[]; readonly open: readonly { readonly firstAt: number }[] };
  readonly directory: () => DirectorySettings;
  /** Checks the whole log now, against the head kept outside the database too. */
  readonly verifyAudit: () => Promise<AuditVerification>;
  readonly blobs: { ids(): Iterable<string>; verify(id: string): Promise<'ok' | 'damaged' | 'missing'> };
  /** Process ids of all parts of Redoubt that run, this one among them. */
  readonly processIds: () => readonly number[];
};
