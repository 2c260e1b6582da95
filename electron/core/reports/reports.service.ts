import { randomUUID } from 'node:crypto';
import type { Act, SystemActs } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { notFound } from '../cases/no-access.ts';
import type { Report, ReportVerification } from '../contract/reports.ts';
import type { Run } from '../contract/runs.ts';
import { AppError } from '../errors.ts';
import type { Blobs } from '../vault/blobs.ts';
import type { WritableDb } from '../vault/database.ts';
import { gatherRuns, showLeaf } from './gather-report.ts';
import { reportTexts, type Language } from './pdf/texts.ts';
import { sha256, sumsFile, writeReportFiles, type ReportFiles } from './report-files.ts';
import type { ReportJson } from './report-json.ts';
import type { ReportSources } from './report-sources.ts';
import { ReportsRepository } from './reports.repository.ts';
import { toPem } from './signing/pem.ts';
import { makeIdentity, openIdentity, type ReportIdentity } from './signing/report-identity.ts';
import { verifyReport } from './verify-report.ts';

export type ReportsDeps = {
  readonly db: WritableDb;
  readonly blobs: Blobs;
  readonly audit: AuditLog;
  readonly sources: ReportSources;
  readonly systemAct: SystemActs;
  readonly vaultId: string;
  /** Of Redoubt. */
  readonly version: string;
  /** The folder `resources` of the application. */
  readonly resources: string;
};

/** Makes, keeps and checks signed reports of finished runs. */
export class ReportsService {
  readonly #deps: ReportsDeps;
  readonly #reports: ReportsRepository;

  constructor(deps: ReportsDeps) {
    this.#deps = deps;
    this.#reports = new ReportsRepository(deps.db);
  }

  list({ caseIds, runId }: { caseIds: readonly string[]; runId?: string | undefined }): Report[] {
    return this.#reports.list(caseIds, runId ?? null);
  }

  /**
   * Writes, signs and keeps one report of finished runs of one case.
   * @throws AppError `reports/run-not-finished`, `reports/several-cases`, and what the run's service throws for an unknown run
   */
  async create(act: Act, { runIds, language }: { runIds: readonly string[]; language: Language }): Promise<Report> {
    const { audit, blobs, resources } = this.#deps;
    const runs = [...new Set(runIds)].map((id) => this.#deps.sources.run(id));
    const caseId = oneCase(runs);
    const identity = this.#identity();
    const json = await this.#content(act, runs, language, identity);
    const files = await writeReportFiles(json, identity, audit.signer, resources);
    // From here on nothing else runs: no file of a case that was deleted meanwhile is stored.
    if (!this.#reports.hasCase(caseId)) throw notFound();
    const stored = [...files].map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256(bytes), blob: blobs.put(bytes) }));
    const { id, title, createdAt, createdBy } = json;
    const sums = stored.find(({ name }) => name === sumsFile)?.sha256 ?? '';
    act.commit({ subject: id, details: { runs: json.runs.map((run) => run.id), sha256OfSums: sums } }, () => {
      this.#reports.add({ id, caseId, runIds: json.runs.map((run) => run.id), title, language, createdAt, createdBy }, stored);
    });
    return this.#find(id);
  }

  /** All files of a report. Takes data out of the vault, so it leaves a leaf. @throws AppError `reports/not-found` */
  export(act: Act, { id }: { id: string }): { files: { name: string; base64: string }[] } {
    const files = this.#files(id);
    act.commit({ subject: id, details: { files: files.size } }, () => undefined);
    return { files: [...files].map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') })) };
  }

  /** Checks a kept report, and that this vault's own certificate signed it. @throws AppError `reports/not-found` */
  async verify({ id }: { id: string }): Promise<ReportVerification> {
    const files = this.#files(id);
    const { verified, checks } = await verifyReport(files);
    const certificate = Buffer.from(files.get('root-ca.crt') ?? []).toString();
    const own = certificate === toPem('CERTIFICATE', this.#identity().root);
    const message = own ? 'It is this vault’s certificate.' : 'Not proven: it is not this vault’s certificate.';
    return { verified: verified && own, checks: [...checks, { file: 'root-ca.crt', ok: own, message }] };
  }

  /** True when the blob is a file of a report; for the sweep of orphans. */
  refersTo(blob: string): boolean {
    return this.#reports.refersTo(blob);
  }

  /** Ids of the files of all reports of a case. */
  blobsOf(caseId: string): string[] {
    return this.#reports.blobsOf(caseId);
  }

  async #content(act: Act, runs: readonly Run[], language: Language, identity: ReportIdentity): Promise<ReportJson> {
    const { audit, sources, vaultId, version } = this.#deps;
    const going = runs.find(({ state }) => state === 'queued' || state === 'running');
    if (going)
      throw new AppError(
        'reports/run-not-finished',
        'The run is still going on, so there is nothing to sign yet. Wait until it has ended, or stop it.',
        {
          runId: going.id,
        },
      );
    const { content, masks } = await gatherRuns(sources, runs);
    const documentIds = runs.flatMap(({ items }) => items.map(({ documentId }) => documentId));
    const { head, leaves } = audit.prove([...runs.map(({ id }) => id), ...documentIds]);
    const flows = new Set(content.runs.map(({ flow }) => flow.name));
    return {
      format: 'redoubt-report/1',
      id: randomUUID(),
      title: `${reportTexts[language].title}: ${[...flows].join(', ')}`,
      language,
      createdAt: Date.now(),
      createdBy: act.actor.name,
      vaultId,
      software: { name: 'Redoubt', version },
      ...content,
      audit: {
        origin: audit.signer.origin,
        checkpoint: head.checkpoint,
        publicKey: audit.signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
        leaves: leaves.map((leaf) => showLeaf(leaf, masks)),
      },
      rootCertificateSha256: sha256(identity.root),
    };
  }

  /** The vault's certificates, made at its first report. */
  #identity(): ReportIdentity {
    const stored = this.#reports.identity();
    if (stored) return openIdentity(stored);
    const now = Date.now();
    const made = makeIdentity(this.#deps.vaultId, now);
    const details = { rootCertificateSha256: sha256(made.root) };
    this.#deps
      .systemAct('reports.issue-certificate')
      .commit({ subject: this.#deps.vaultId, details }, () => this.#reports.addIdentity(made, now));
    return openIdentity(made);
  }

  #find(id: string): Report {
    const report = this.#reports.find(id);
    if (!report) throw new AppError('reports/not-found', 'There is no such report in this vault. It may have been removed.', { id });
    return report;
  }

  #files(id: string): ReportFiles {
    this.#find(id);
    return new Map(this.#reports.files(id).map(({ name, blob }) => [name, this.#deps.blobs.get(blob)]));
  }
}

function oneCase(runs: readonly Run[]): string {
  const [first, ...others] = new Set(runs.map(({ caseId }) => caseId));
  if (first !== undefined && others.length === 0) return first;
  throw new AppError('reports/several-cases', 'These runs belong to several cases. No report was made. Make one for each case.');
}
