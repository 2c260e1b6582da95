import { randomUUID } from 'node:crypto';
import type { Act } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { parseLeaf } from '../audit/leaf.ts';
import { leafHash } from '../audit/merkle.ts';
import { notFound } from '../cases/no-access.ts';
import type { ReportKind, ReportLanguage, ReportStyle, ReportVerification } from '../contract/reports.ts';
import { AppError } from '../errors.ts';
import type { Blobs } from '../vault/blobs.ts';
import type { WritableDb } from '../vault/database.ts';
import type { ReportContent } from './kinds/kind.ts';
import { proofSections } from './kinds/proof-sections.ts';
import { wordsOf } from './kinds/words.ts';
import { proveEvidence, type ProvenEvidence } from './prove-leaves.ts';
import type { DesignSource } from './report-design.ts';
import { sha256, sumsFile, writeReportFiles, type ReportFiles } from './report-files.ts';
import type { ReportJson } from './report-json.ts';
import { ReportsRepository, type ReportRow } from './reports.repository.ts';
import type { ReportSigning } from './signing/report-signer.ts';
import type { SigningService } from './signing/signing.service.ts';
import { verifyReport } from './verify-report.ts';
import { say } from './verify/texts.ts';
import { witnessStatement, type WitnessSource } from './witness-statement.ts';

export type ReportMakerDeps = {
  readonly db: WritableDb;
  readonly blobs: Blobs;
  readonly audit: AuditLog;
  readonly signing: SigningService;
  readonly vaultId: string;
  /** Of Redoubt. */
  readonly version: string;
  /** The folder `resources` of the application. */
  readonly resources: string;
  readonly design: DesignSource;
  readonly witnesses: WitnessSource;
};

/** Where a report is kept and what its leaf says about it. */
export type ReportPlace = {
  /** Null: it is about the vault. */
  readonly caseId: string | null;
  readonly subject: string;
  readonly runIds: readonly string[];
};

/** Writes, signs, keeps and checks reports, whatever they are about. */
export class ReportMaker {
  readonly #deps: ReportMakerDeps;
  readonly reports: ReportsRepository;

  constructor(deps: ReportMakerDeps) {
    this.#deps = deps;
    this.reports = new ReportsRepository(deps.db);
  }

  /** `style` as the caller chose it; the content was gathered before, without a change of the vault in between that matters. */
  async make(act: Act, style: ReportStyle, content: ReportContent, place: ReportPlace): Promise<ReportRow> {
    const { audit, blobs, resources, design } = this.#deps;
    const signing = this.#deps.signing.open(act);
    const json = await this.#write(act, style, content, signing);
    const files = await writeReportFiles(json, signing, audit.signer, resources, design.logo());
    // From here on nothing else runs: no file of a case that was deleted meanwhile is stored.
    if (place.caseId !== null && !this.reports.hasCase(place.caseId)) throw notFound();
    const stored = [...files].map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256(bytes), blob: blobs.put(bytes) }));
    const { id, kind, title, language, createdAt, createdBy } = json;
    const sums = stored.find(({ name }) => name === sumsFile)?.sha256 ?? '';
    const about = place.runIds.length > 0 ? { runs: [...place.runIds] } : { about: place.subject };
    act.commit({ subject: id, details: { kind, ...about, sha256OfSums: sums } }, () => {
      this.reports.add({ ...place, id, kind, title, language, createdAt, createdBy }, stored);
    });
    return this.find(id);
  }

  /** Takes data out of the vault, so it leaves a leaf. */
  export(act: Act, id: string): { files: { name: string; base64: string }[] } {
    const files = this.#files(id);
    act.commit({ subject: id, details: { files: files.size } }, () => undefined);
    return { files: [...files].map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') })) };
  }

  /** Checks a kept report, and that it leads to a root of this vault's signers. */
  async verify(id: string, language: ReportLanguage): Promise<ReportVerification> {
    const files = this.#files(id);
    const { verified, checks, ...rest } = await verifyReport(files, { language });
    const own = this.#deps.signing.isOwnRoot(Buffer.from(files.get('root-ca.crt') ?? []).toString());
    const message = say(own ? 'own-root' : 'not-own-root', {}, language);
    return { ...rest, verified: verified && own, checks: [...checks, { file: 'root-ca.crt', ok: own, message }] };
  }

  /** @throws AppError `reports/not-found` */
  find(id: string): ReportRow {
    const report = this.reports.find(id);
    if (!report) throw new AppError('reports/not-found', 'There is no such report in this vault. It may have been removed.', { id });
    return report;
  }

  async #write(act: Act, style: ReportStyle, content: ReportContent, signing: ReportSigning): Promise<ReportJson> {
    const { db, audit, vaultId, version, design } = this.#deps;
    const { language } = style;
    const kind: ReportKind = content.matter.kind;
    const { organisation, classification } = design.whose();
    const evidence = proveEvidence(db, audit, content.evidence);
    const words = wordsOf(language);
    const common = {
      format: 'redoubt-report/2' as const,
      id: randomUUID(),
      title: content.title,
      language,
      createdAt: Date.now(),
      createdBy: act.actor.name,
      vaultId,
      software: { name: 'Redoubt' as const, version },
      organisation,
      classification: style.classification ?? classification ?? words.classification,
      audit: {
        origin: audit.signer.origin,
        checkpoint: evidence.head.checkpoint,
        publicKey: audit.signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
        leaves: shownLeaves(evidence, content),
        witness: witnessStatement(this.#deps.witnesses, evidence.head.size, words),
      },
      suite: signing.suite,
      rootCertificateSha256: sha256(signing.signer.root),
    };
    const sections = [...content.sections, ...proofSections(common, evidence.all)];
    const arranged = await design.arrange(
      { kind, language, templateId: style.templateId },
      { ...common, data: content.matter.data },
      sections,
    );
    return { ...common, ...content.matter, ...arranged };
  }

  #files(id: string): ReportFiles {
    this.find(id);
    return new Map(this.reports.files(id).map(({ name, blob }) => [name, this.#deps.blobs.get(blob)]));
  }
}

/** Leaves with their proofs; one that the kind may not show keeps its proof and loses its text. */
function shownLeaves({ leaves }: ProvenEvidence, { evidence }: ReportContent): ReportJson['audit']['leaves'] {
  return leaves.map(({ sequence, canonical, proof }) => ({
    sequence,
    leaf: evidence.mayShow(parseLeaf(canonical)) ? canonical : null,
    leafHash: hex(leafHash(Buffer.from(canonical))),
    proof: proof.map(hex),
  }));
}

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
