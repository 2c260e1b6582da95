import { alertsHandlers } from '../alerts/alerts.handlers.ts';
import { approvalsHandlers } from '../approvals/approvals.handlers.ts';
import { auditHandlers } from '../audit/audit.handlers.ts';
import { backupHandlers } from '../backup/backup.handlers.ts';
import { casesHandlers } from '../cases/cases.handlers.ts';
import { chatHandlers } from '../chat/chat.handlers.ts';
import { documentsHandlers } from '../documents/documents.handlers.ts';
import { filesHandlers } from '../files/files.handlers.ts';
import { flowsHandlers } from '../flows/flows.handlers.ts';
import { identityHandlers } from '../identity/identity.handlers.ts';
import { modelsHandlers } from '../models/models.handlers.ts';
import { monitorHandlers } from '../monitoring/monitor.handlers.ts';
import { policiesHandlers } from '../policies/policies.handlers.ts';
import { attestationsHandlers } from '../reports/attestations.handlers.ts';
import { reportsHandlers } from '../reports/reports.handlers.ts';
import { templatesHandlers } from '../reports/templates/templates.handlers.ts';
import { signingHandlers } from '../reports/signing/signing.handlers.ts';
import { runsHandlers } from '../runs/runs.handlers.ts';
import { systemHandlers } from '../system/system.handlers.ts';
import { keysHandlers } from '../vault/keys/keys.handlers.ts';
import { rotationHandlers } from '../vault/rotation/rotation.handlers.ts';
import { vaultHandlers } from '../vault/vault.handlers.ts';
import { witnessHandlers } from '../witness/witness.handlers.ts';
import { os } from './implementer.ts';

/** The contract, implemented. TypeScript fails here while a procedure has no handler. */
export const router = os.router({
  system: systemHandlers,
  vault: vaultHandlers,
  keys: { ...keysHandlers, ...rotationHandlers },
  identity: identityHandlers,
  policies: policiesHandlers,
  approvals: approvalsHandlers,
  cases: casesHandlers,
  files: filesHandlers,
  documents: documentsHandlers,
  models: modelsHandlers,
  flows: flowsHandlers,
  runs: runsHandlers,
  chat: chatHandlers,
  monitor: monitorHandlers,
  audit: auditHandlers,
  alerts: alertsHandlers,
  witness: witnessHandlers,
  reports: reportsHandlers,
  attestations: attestationsHandlers,
  signing: signingHandlers,
  templates: templatesHandlers,
  backup: backupHandlers,
});
