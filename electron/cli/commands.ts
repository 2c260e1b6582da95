import type { Command } from './command.ts';
import { casesCreate, casesList, casesRemove } from './commands/cases.ts';
import { auditExport, auditProve, auditSearch, auditVerify } from './commands/audit.ts';
import { backupCreate, backupDrill, backupList, backupVerify } from './commands/backup.ts';
import { backupRestore } from './commands/backup-restore.ts';
import { documentsRead } from './commands/documents.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { flowsRun } from './commands/flows.ts';
import { modelsBench } from './commands/models-bench.ts';
import { modelsImport, modelsList } from './commands/models.ts';
import { modelsQuantise } from './commands/models-quantise.ts';
import {
  peopleCreate,
  peopleDisable,
  peopleEnable,
  peopleList,
  peopleMatrix,
  peopleResetPassword,
  peopleSessions,
  peopleSetRole,
  peopleUnlock,
} from './commands/people.ts';
import { reportCreate } from './commands/report-create.ts';
import { reportList } from './commands/report-list.ts';
import { reportVerifier, reportVerify } from './commands/report.ts';
import { vaultAnchor } from './commands/vault-anchor.ts';
import { vaultCheck } from './commands/vault-check.ts';
import { vaultRecover } from './commands/vault-recover.ts';
import { vaultRotate } from './commands/vault-rotate.ts';
import { vaultSlots } from './commands/vault-slots.ts';
import { vaultCreate } from './commands/vault.ts';
import { witnessAccept, witnessCheck, witnessCosign, witnessInit, witnessList, witnessRequest } from './commands/witness.ts';

/** Every verb of the `redoubt` command. */
export const commands: readonly Command[] = [
  doctor,
  demo,
  documentsRead,
  flowsRun,
  casesList,
  casesCreate,
  casesRemove,
  peopleList,
  peopleCreate,
  peopleDisable,
  peopleEnable,
  peopleSetRole,
  peopleResetPassword,
  peopleUnlock,
  peopleSessions,
  peopleMatrix,
  modelsImport,
  modelsList,
  modelsBench,
  modelsQuantise,
  auditVerify,
  auditSearch,
  auditProve,
  auditExport,
  witnessInit,
  witnessCosign,
  witnessCheck,
  witnessRequest,
  witnessAccept,
  witnessList,
  reportCreate,
  reportVerify,
  reportList,
  reportVerifier,
  vaultCreate,
  vaultCheck,
  vaultSlots,
  vaultRotate,
  vaultRecover,
  vaultAnchor,
  backupCreate,
  backupList,
  backupVerify,
  backupRestore,
  backupDrill,
];
