import type { DocumentFinding, DocumentSummary } from '../contract/documents.ts';
import type { FlowDocument } from '../contract/flows.ts';
import type { Run, RunItem } from '../contract/runs.ts';
import { AppError } from '../errors.ts';

/** What a report is made from. */
export type ReportSources = {
  run(id: string): Run;
  /** One item of the run with its whole result. */
  item(runId: string, index: number): RunItem;
  /** The flow as the run ran it. */
  flow(runId: string): FlowDocument;
  /** Null: it is no longer in the vault. */
  document(id: string): DocumentSummary | null;
  findings(documentId: string): Promise<readonly Pick<DocumentFinding, 'type' | 'text' | 'masked'>[]>;
  /** A model by the name that steps carry; null if it is no longer here. */
  model(name: string): { readonly sha256: string; readonly label: string | null } | null;
};

type Runs = { get(id: string): Run; item(id: string, index: number): RunItem; flow(id: string): FlowDocument };
type Documents = { get(id: string): DocumentSummary; findings(id: string): Promise<DocumentFinding[]> };
type Models = { records(): readonly { displayName: string; sha256: string; label: string | null }[] };

/** The sources of an open vault. */
export class WorkspaceSources implements ReportSources {
  readonly #runs: Runs;
  readonly #documents: Documents;
  readonly #models: Models;

  constructor(runs: Runs, documents: Documents, models: Models) {
    this.#runs = runs;
    this.#documents = documents;
    this.#models = models;
  }

  run(id: string): Run {
    return this.#runs.get(id);
  }

  item(runId: string, index: number): RunItem {
    return this.#runs.item(runId, index);
  }

  flow(runId: string): FlowDocument {
    return this.#runs.flow(runId);
  }

  document(id: string): DocumentSummary | null {
    try {
      return this.#documents.get(id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'documents/not-found') return null;
      throw error;
    }
  }

  findings(documentId: string): Promise<DocumentFinding[]> {
    return this.#documents.findings(documentId);
  }

  model(name: string): { sha256: string; label: string | null } | null {
    return this.#models.records().find(({ displayName }) => displayName === name) ?? null;
  }
}
