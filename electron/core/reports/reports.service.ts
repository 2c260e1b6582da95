import type { Act } from '../audit/act.ts';
import type { NewReport, Report, ReportLanguage, ReportVerification } from '../contract/reports.ts';
import { caseContent } from './kinds/case/content.ts';
import type { CaseSources } from './kinds/case/gather.ts';
import { runContent } from './kinds/run/content.ts';
import type { ReportMaker } from './report-maker.ts';
import type { ReportSources } from './report-sources.ts';
import { caseReport } from './reports.repository.ts';

/** What a report of a case is made from, beside what was found in its documents. */
export type CaseReportSources = Omit<CaseSources, 'findings'>;

/** Makes, keeps and checks the signed reports of cases. */
export class ReportsService {
  readonly #maker: ReportMaker;
  readonly #sources: ReportSources;
  readonly #cases: CaseReportSources;

  constructor(maker: ReportMaker, sources: ReportSources, cases: CaseReportSources) {
    this.#maker = maker;
    this.#sources = sources;
    this.#cases = cases;
  }

  list({ caseIds, runId }: { caseIds: readonly string[]; runId?: string | undefined }): Report[] {
    return this.#maker.reports.listOfCases(caseIds, runId ?? null).map(caseReport);
  }

  /**
   * Writes, signs and keeps one report of finished runs of one case, or of a case.
   * @throws AppError `reports/run-not-finished`, `reports/several-cases`, and what the services throw for what is not there
   */
  async create(act: Act, input: NewReport): Promise<Report> {
    if (input.kind === 'case') {
      const { caseId } = input;
      const content = await caseContent({ ...this.#cases, findings: (id) => this.#sources.findings(id) }, caseId, input.language);
      return caseReport(await this.#maker.make(act, input, content, { caseId, subject: caseId, runIds: [] }));
    }
    const { content, caseId } = await runContent(this.#sources, input.runIds, input.language);
    const runIds = content.matter.data.runs.map(({ id }) => id);
    return caseReport(await this.#maker.make(act, input, content, { caseId, subject: caseId, runIds }));
  }

  /** All files of a report. Takes data out of the vault, so it leaves a leaf. @throws AppError `reports/not-found` */
  export(act: Act, { id }: { id: string }): { files: { name: string; base64: string }[] } {
    return this.#maker.export(act, id);
  }

  /** Checks a kept report, and that this vault's own certificate signed it. @throws AppError `reports/not-found` */
  verify({ id, language }: { id: string; language: ReportLanguage }): Promise<ReportVerification> {
    return this.#maker.verify(id, language);
  }

  /** True when the blob is a file of a report; for the sweep of orphans. */
  refersTo(blob: string): boolean {
    return this.#maker.reports.refersTo(blob);
  }

  /** Ids of the files of all reports of a case; null: of all that belong to none. */
  blobsOf(caseId: string | null): string[] {
    return this.#maker.reports.blobsOf(caseId);
  }
}
