import { alertsContract } from './alerts.ts';
import { approvalsContract } from './approvals.ts';
import { attestationsContract } from './attestations.ts';
import { auditContract } from './audit.ts';
import { backupContract } from './backup.ts';
import { casesContract } from './cases.ts';
import { chatContract } from './chat.ts';
import { documentsContract } from './documents.ts';
import { filesContract } from './files.ts';
import { flowsContract } from './flows.ts';
import { identityContract } from './identity.ts';
import { modelsContract } from './models.ts';
import { monitorContract } from './monitor.ts';
import { policiesContract } from './policies.ts';
import { reportsContract } from './reports.ts';
import { runsContract } from './runs.ts';
import { signingContract } from './signing.ts';
import { systemContract } from './system.ts';
import { templatesContract } from './templates.ts';
import { keysContract, vaultContract } from './vault.ts';
import { witnessContract } from './witness.ts';

/** Everything the page, the command line and the API may ask of core. */
export const contract = {
  system: systemContract,
  vault: vaultContract,
  keys: keysContract,
  identity: identityContract,
  policies: policiesContract,
  approvals: approvalsContract,
  cases: casesContract,
  files: filesContract,
  documents: documentsContract,
  models: modelsContract,
  flows: flowsContract,
  runs: runsContract,
  chat: chatContract,
  monitor: monitorContract,
  audit: auditContract,
  alerts: alertsContract,
  witness: witnessContract,
  reports: reportsContract,
  attestations: attestationsContract,
  signing: signingContract,
  templates: templatesContract,
  backup: backupContract,
};
export type Contract = typeof contract;

export * from './alerts.ts';
export * from './approvals.ts';
export * from './audit-proof.ts';
export * from './attestations.ts';
export * from './audit.ts';
export * from './audit-records.ts';
export * from './backup.ts';
export * from './base.ts';
export * from './cases.ts';
export * from './chat.ts';
export * from './documents.ts';
export * from './files.ts';
export * from './flows.ts';
export * from './identity.ts';
export * from './models.ts';
export * from './monitor.ts';
export * from './names.ts';
export * from './policies.ts';
export * from './reports.ts';
export * from './runs.ts';
export * from './signing.ts';
export * from './system.ts';
export * from './templates.ts';
export * from './vault.ts';
export * from './witness.ts';
