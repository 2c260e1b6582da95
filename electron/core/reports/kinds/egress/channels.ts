import type { Channel } from './data.ts';

/** Audit actions by which something leaves the vault, and the way each takes. A new one belongs here. */
export const leavingBy: Readonly<Record<string, Channel>> = {
  'reports.export': 'reports',
  'flows.export': 'flows',
  'attestations.export': 'attestations',
  'identity.export-person': 'people',
  'backup.run': 'backups',
  'backup.complete': 'backups',
  'audit.export': 'audit',
  'audit.set-export': 'audit',
  'witness.cosign': 'witness',
  'witness.accept': 'witness',
  'witness.refuse': 'witness',
  // A code or shares on paper.
  'keys.begin-recovery': 'keys',
  'keys.begin-custodians': 'keys',
  'signing.create-request': 'signing',
  'identity.set-directory': 'directory',
  'identity.test-directory': 'directory',
  'identity.admit-directory-person': 'directory',
  'identity.adopt-directory-password': 'directory',
};

/** A sign-in that a directory server was asked about says so in its details. */
export const signIns: readonly string[] = ['identity.sign-in', 'vault.unlock'];
