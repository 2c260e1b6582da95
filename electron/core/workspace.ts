import { join } from 'node:path';
import { actorOf, AuditedAct, systemActor, type ActSetting, type Actor, type LeafSink, type SystemActs } from './audit/act.ts';
import { AlertsService } from './alerts/alerts.service.ts';
import { ApprovalsService } from './approvals/approvals.service.ts';
import { AuditLog } from './audit/audit-log.ts';
import { Leaves } from './audit/leaves.ts';
import { auditStateOf } from './audit/audit-state.ts';
import { Denials } from './audit/denials.ts';
import { LogKeeping } from './audit/log-keeping.ts';
import { BackupRepository } from './backup/backup.repository.ts';
import { BackupService } from './backup/backup.service.ts';
import { restoreTimes } from './backup/restore-note.ts';
import { vaultSource } from './backup/vault-source.ts';
import { ContentsOfCases } from './cases/contents-of-cases.ts';
import { CasesService } from './cases/cases.service.ts';
import { locate } from './cases/locate.ts';
import { PersonExport } from './cases/person-export.ts';
import { outsider } from './cases/scope.ts';
import { ChatService } from './chat/chat.service.ts';
import { gatherVaultFacts } from './compliance/gather-vault-facts.ts';
import type { ResourceKind } from './contract/base.ts';
import type { CaseDetail } from './contract/cases.ts';
import type { Person } from './contract/identity.ts';
import type { Secrets } from './contract/vault.ts';
import { DocumentsService } from './documents/documents.service.ts';
import { FlowsService } from './flows/flows.service.ts';
import { AccountsService } from './identity/accounts.service.ts';
import { signInByDirectory } from './identity/directory/directory-sign-in.ts';
import { DirectoryService } from './identity/directory/directory.service.ts';
import { IdentityService } from './identity/identity.service.ts';
import { PersonSlots } from './identity/person-slots.ts';
import { ModelCalls } from './audit/model-calls/model-calls.ts';
import { ReadModelCall } from './audit/model-calls/read-model-call.ts';
import { ClassifiedReads } from './audit/classified-reads.ts';
import { InferenceService } from './inference/inference.service.ts';
import { ModelLoader } from './inference/model-loader.ts';
import { ModelsService } from './models/models.service.ts';
import { MonitorService } from './monitoring/monitor.service.ts';
import { ArchiveStore } from './nodes/archive/archive-store.ts';
import { AttestationsService } from './reports/attestations.service.ts';
import { WorkspaceSources } from './reports/report-sources.ts';
import { PoliciesService } from './policies/policies.service.ts';
import { ReportMaker } from './reports/report-maker.ts';
import { ReportsService } from './reports/reports.service.ts';
import { SigningService } from './reports/signing/signing.service.ts';
import { DesignService } from './reports/templates/design.service.ts';
import { RunsService } from './runs/runs.service.ts';
import { checkVault } from './vault/check/whole-check.ts';
import { KeysService } from './vault/keys/keys.service.ts';
import { RotationService } from './vault/rotation/rotation.service.ts';
import { Upkeep } from './vault/upkeep.ts';
import { WitnessService } from './witness/witness.service.ts';
import type { WorkspaceDeps } from './workspace-deps.ts';

export type Workspace = ReturnType<typeof openWorkspace>;

/** The composition root of an open vault: every service, made top to bottom. */
export function openWorkspace(deps: WorkspaceDeps) {
  const { storage, lockout } = deps;
  const { db, freshness } = storage;
  const audit = new AuditLog(storage);
  const sink: LeafSink = {
    append: (leaf) => audit.append(leaf),
    transact: (action, work) => storage.space.transact(action, work),
  };
  const act = (actor: Actor, action: string, setting?: ActSetting) => new AuditedAct(db, sink, actor, action, setting);
  const systemAct: SystemActs = (action) => act(systemActor, action);
  const denials = new Denials({ act, necessarily: (work) => storage.space.necessarily(work), log: deps.log });
  const witnesses = new WitnessService({ db, audit, systemAct, anchored: () => freshness.durable(), busy: (ms) => deps.busy(ms) });
  const policies = new PoliciesService(db);
  storage.space.limitBy(() => policies.current.quotaBytes);
  const identity = new IdentityService({ db, policies, lockout, host: deps.host });
  const slots = new PersonSlots(deps.vault, storage);
  const accounts = new AccountsService({ db, identity, policies, lockout, slots });
  const directory = new DirectoryService(db, deps.openConnection);
  policies.onChange = ({ policies: rules }) => {
    lockout.setRules(rules.lockout);
    identity.sessions.recheck();
  };
  lockout.setRules(policies.current.lockout);
  const alerts = new AlertsService({
    db,
    systemAct,
    mode: () => policies.state.mode,
    entries: (sequences) => audit.search.at(sequences),
    log: deps.log,
  });
  const approvals = new ApprovalsService({ db, people: () => identity.list(), policies, act });
  const keys = new KeysService({
    vault: deps.vault,
    storage,
    people: () => identity.list(),
    lockout,
    separated: () => policies.state.mode === 'separated',
  });
  const documents = new DocumentsService({
    db,
    blobs: storage.blobs,
    reader: deps.workers.documents,
    systemAct,
    log: deps.log,
    samplesFolder: join(deps.resources, 'samples'),
    isReferredElsewhere: (blob): boolean => runs.refersTo(blob) || reports.refersTo(blob),
    refuseHeld: (caseIds): void => cases.refuseHeld(caseIds),
  });
  const loader = new ModelLoader(deps.workers.inference);
  const models = new ModelsService({
    db,
    folder: deps.modelsFolder,
    resources: deps.resources,
    loader,
    admit: (bytes) => storage.space.admit(bytes),
  });
  const modelCalls = new ModelCalls({ db, act, keepsTexts: () => policies.current.audit.modelTexts === 'texts' });
  const inference = new InferenceService(deps.workers.inference, loader, models, modelCalls);
  const flows = new FlowsService(db, deps.resources, (caseIds): void => cases.refuseHeld(caseIds));
  const archive = new ArchiveStore(db, systemAct);
  const runs = new RunsService({ db, blobs: storage.blobs, acts: systemAct, log: deps.log, flows, documents, inference, archive });
  const design = new DesignService(db, deps.workers.documents, deps.resources);
  const signing = new SigningService({ storage, systemAct, tokens: deps.vault.devices.tokens, resources: deps.resources });
  identity.sessions.onEnd = ({ id, personId }) => {
    denials.settleSoon(id);
    if (!identity.sessions.list().some((each) => each.personId === personId)) signing.forgetPin(personId);
  };
  const reportMaker = new ReportMaker({
    db,
    blobs: storage.blobs,
    audit,
    signing,
    vaultId: deps.vaultId,
    version: deps.version,
    resources: deps.resources,
    design,
    witnesses,
  });
  const leaves = new Leaves(db, audit.terms);
  const reports = new ReportsService(reportMaker, new WorkspaceSources(runs, documents, models), {
    db,
    leaves,
    people: () => identity.list(),
    caseOf: (id): CaseDetail => cases.get({ scope: outsider, administers: true }, id),
    caseDays: () => policies.current.retention.caseDays,
  });
  const chat = new ChatService({ db, models, inference, documents, systemAct, refuseHeld: (caseIds): void => cases.refuseHeld(caseIds) });
  const contents = new ContentsOfCases({ documents, runs, chat, reports, blobs: storage.blobs, busy: (ms) => deps.busy(ms) });
  const cases = new CasesService({
    db,
    systemAct,
    people: () => identity.list(),
    caseDays: () => policies.current.retention.caseDays,
    installSamples: (sampleAct, caseId) => flows.installSamples(sampleAct, caseId),
    onChange: () => identity.sessions.recheck(),
    contents,
  });

  const monitor = new MonitorService(
    { processes: deps.processes, inference: () => inference.metrics(), documents: () => documents.queueState(), runs: () => runs.counts() },
    deps.log,
  );

  const { log, version, processes } = deps;
  const keeping = new LogKeeping({
    audit,
    storage,
    modelCalls,
    systemAct,
    log,
    version,
    processes,
    days: () => policies.current.retention.auditDays,
    isHeld: (caseId): boolean => cases.isHeld(caseId),
  });
  const backupSource = vaultSource(storage, audit, () => models.copies());
  const backups = new BackupService({
    source: backupSource,
    repository: new BackupRepository(db),
    vaultFolder: storage.folder,
    ring: storage.ring,
    log: deps.log,
    systemAct,
    power: deps.power,
  });
  const upkeep = new Upkeep({ storage, systemAct, log: deps.log, busy: deps.busy });
  const rotation = new RotationService({
    vault: deps.vault,
    storage,
    systemAct,
    log: deps.log,
    days: () => policies.current.rotationDays,
    busy: deps.busy,
    dropSlots: () => accounts.dropDisabledSlots(),
  });
  /** Everything about one person, as files. */
  const personExport = new PersonExport({ db, audit, people: () => identity.list(), sessions: () => identity.sessions.list() });
  /** What checks of compliance and attestations read. */
  const parts = { db, leaves, policies, identity, keys, rotation, backups, freshness, audit, witnesses, alerts, directory };
  const vaultFacts = gatherVaultFacts({ ...parts, blobs: storage.blobs, verifyAudit: () => keeping.upkeep.verify(), processes });
  const attestations = new AttestationsService(reportMaker, { vault: vaultFacts, persons: personExport, models: () => models.records() });

  return {
    audit,
    /** Checks the whole log, against the head kept outside the database too. */
    verifyAudit: () => keeping.upkeep.verify(),
    pruner: keeping.pruner,
    auditState: () => auditStateOf({ audit, keeping, policies, witnesses }),
    /** Resolves once everything that was committed is noted outside the database too. */
    anchored: () => freshness.durable(),
    anchorState: () => freshness.state(audit),
    witnesses,
    alerts,
    siem: keeping.siem,
    classifiedReads: new ClassifiedReads({ db, act, labels: () => policies.current.audit.readsOf }),
    readModelCall: new ReadModelCall(db),
    act,
    systemAct,
    denials,
    policies,
    identity,
    accounts,
    directory,
    signInByDirectory: (person: Person, given: Secrets) =>
      signInByDirectory({ directory, slots, act: () => act(actorOf(person), 'identity.adopt-directory-password') }, person, given),
    keys,
    checkVault: (signal?: AbortSignal) =>
      checkVault({ vault: deps.vault, storage, audit, referred: () => contents.referred(db), busy: deps.busy }, signal),
    approvals,
    cases,
    personExport,
    /** The cases of many ids of one kind. */
    locate: (kind: ResourceKind, ids: Iterable<string>) => locate(db, kind, ids),
    documents,
    models,
    inference,
    flows,
    runs,
    reports,
    attestations,
    vaultFacts,
    signing,
    design,
    monitor,
    chat,
    backups,
    rotation,
    /** What the vault takes on disk, what is left, and how far a check after an unclean stop is. */
    storageState: () => ({ ...storage.space.state(), check: upkeep.check }),
    /** Is there work that goes on without anybody who is signed in? */
    isWorking(): boolean {
      const { running, queued } = runs.counts();
      const reading = documents.queueState();
      const backingUp = backups.activity !== null && backups.activity.paused === null;
      return running + queued + reading.reading + reading.queued > 0 || rotation.state.running !== null || backingUp;
    },
    /** Takes up work that a crash or a lock interrupted. */
    start(): void {
      if (!storage.closedInOrder) {
        // A power cut, or core or all of Redoubt ended by something else. A backup is of an open vault, and says where it comes from.
        const details = { newestRecordAt: audit.newestAt() };
        if (restoreTimes(storage).backupAt === undefined)
          systemAct('vault.unclean-stop').commit({ subject: deps.vaultId, outcome: 'failed', details }, () => undefined);
        const removed = storage.blobs.sweep((blob) => contents.refersTo(blob));
        deps.log.info('vault.swept', { removed });
      }
      rotation.start();
      upkeep.start();
      cases.start().catch((error: unknown) => deps.log.bug('cases.start', error));
      monitor.start();
      alerts.start();
      keeping.start();
      documents.start();
      runs.takeUp();
      chat.recover();
      backups.start();
      models.start().catch((error: unknown) => deps.log.bug('models.start', error));
    },
    /** Stops background work, then closes the database and wipes the keys. */
    async close(): Promise<void> {
      try {
        denials.close();
        signing.close();
        await backups.close();
        await keeping.close();
        await alerts.close();
        await cases.close();
        await chat.close();
        monitor.close();
        await runs.close();
        await documents.close();
        await rotation.close();
        await upkeep.close();
        // Last, so that the seal covers what the others left.
        await keeping.seal();
      } finally {
        backupSource.close();
        storage.close();
      }
    },
  };
}
