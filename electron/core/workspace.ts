import { join } from 'node:path';
import { AuditedAct, systemActor, type Actor, type SystemActs } from './audit/act.ts';
import { AuditLog } from './audit/audit-log.ts';
import { ChatService } from './chat/chat.service.ts';
import type { Workers } from './core.ts';
import { DocumentsService } from './documents/documents.service.ts';
import { FlowsService } from './flows/flows.service.ts';
import { IdentityService } from './identity/identity.service.ts';
import { InferenceService } from './inference/inference.service.ts';
import { ModelLoader } from './inference/model-loader.ts';
import type { Log } from './log.ts';
import { ModelsService } from './models/models.service.ts';
import { ClockWatch } from './monitoring/clock-watch.ts';
import { MonitorService } from './monitoring/monitor.service.ts';
import { ArchiveStore } from './nodes/archive/archive-store.ts';
import { WorkspaceSources } from './reports/report-sources.ts';
import { PoliciesService } from './policies/policies.service.ts';
import { ReportsService } from './reports/reports.service.ts';
import { RunsService } from './runs/runs.service.ts';
import type { HostKind, ProcessState } from './supervision/messages.ts';
import { anchorHead, type OpenStorage } from './vault/open-vault.ts';

export type WorkspaceDeps = {
  readonly vaultId: string;
  readonly storage: OpenStorage;
  readonly workers: Workers;
  readonly log: Log;
  readonly host: HostKind;
  /** Of Redoubt. */
  readonly version: string;
  /** The folder `resources` of the application. */
  readonly resources: string;
  /** Where copied model files live. */
  readonly modelsFolder: string;
  readonly addSlot: (userName: string, password: string) => Promise<void>;
  readonly processes: () => readonly ProcessState[];
};

export type Workspace = ReturnType<typeof openWorkspace>;

/** The composition root of an open vault: every service, made top to bottom. */
export function openWorkspace(deps: WorkspaceDeps) {
  const { storage, addSlot } = deps;
  const { db, anchor } = storage;
  const audit = new AuditLog(db);
  const sink = {
    append(leaf: Parameters<AuditLog['append']>[0]) {
      const appended = audit.append(leaf);
      anchorAfterCommit();
      return appended;
    },
  };
  let anchoring = false;
  const anchorAfterCommit = () => {
    if (anchoring) return;
    anchoring = true;
    // Transactions are synchronous, so by the next turn this one is committed or rolled back.
    setImmediate(() => {
      anchoring = false;
      if (db.open) anchorHead(anchor, audit);
    });
  };
  const act = (actor: Actor, action: string) => new AuditedAct(db, sink, actor, action);
  const systemAct: SystemActs = (action) => act(systemActor, action);
  const policies = new PoliciesService(db);
  const identity = new IdentityService({ db, addSlot, policies, host: deps.host });
  const documents = new DocumentsService({
    db,
    blobs: storage.blobs,
    reader: deps.workers.documents,
    systemAct,
    log: deps.log,
    samplesFolder: join(deps.resources, 'samples'),
    isReferredElsewhere: (blob): boolean => runs.refersTo(blob) || reports.refersTo(blob),
  });
  const loader = new ModelLoader(deps.workers.inference);
  const models = new ModelsService({ db, folder: deps.modelsFolder, resources: deps.resources, loader });
  const inference = new InferenceService(deps.workers.inference, loader, models);
  const flows = new FlowsService(db, deps.resources);
  const archive = new ArchiveStore(db, systemAct);
  const runs = new RunsService({ db, blobs: storage.blobs, acts: systemAct, log: deps.log, flows, documents, inference, archive });
  const reports = new ReportsService({
    db,
    blobs: storage.blobs,
    audit,
    sources: new WorkspaceSources(runs, documents, models),
    systemAct,
    vaultId: deps.vaultId,
    version: deps.version,
    resources: deps.resources,
  });
  const chat = new ChatService({ db, models, inference, documents, systemAct });

  const monitor = new MonitorService(
    { processes: deps.processes, inference: () => inference.metrics(), documents: () => documents.queueState(), runs: () => runs.counts() },
    deps.log,
  );

  const clock = new ClockWatch(systemAct);

  return {
    audit,
    /** Checks the whole log, against the head kept outside the database too. */
    verifyAudit: () => audit.verify(anchor.read()),
    act,
    systemAct,
    policies,
    identity,
    documents,
    models,
    inference,
    flows,
    runs,
    reports,
    monitor,
    chat,
    /** Puts in place what a new vault starts with. */
    installSamples(): void {
      flows.installSamples(systemAct('flows.install-samples'));
    },
    /** Takes up work that a crash or a lock interrupted. */
    start(): void {
      if (!storage.closedInOrder) {
        const removed = storage.blobs.sweep((blob) => documents.refersTo(blob) || runs.refersTo(blob) || reports.refersTo(blob));
        deps.log.info('vault.swept', { removed });
      }
      monitor.start();
      clock.start(audit.newestAt());
      documents.start();
      runs.takeUp();
      chat.recover();
      models.start().catch((error: unknown) => deps.log.bug('models.start', error));
    },
    /** Stops background work, then closes the database and wipes the keys. */
    async close(): Promise<void> {
      try {
        await chat.close();
        monitor.close();
        clock.close();
        await runs.close();
        await documents.close();
        anchorHead(anchor, audit);
      } finally {
        storage.close();
      }
    },
  };
}
