import type { DocumentFinding, DocumentSummary } from '../contract/documents.ts';
import type { FlowDocument } from '../contract/flows.ts';
import type { Run } from '../contract/runs.ts';

/** What a report is made from. Null: it is no longer in the vault. */
export type ReportSources = {
  run(id: string): Run;
  document(id: string): DocumentSummary | null;
  findings(documentId: string): Promise<readonly Pick<DocumentFinding, 'type' | 'text' | 'masked'>[]>;
  /** The flow as the run ran it. */
  flow(runId: string): FlowDocument | null;
  /** A model by the name that steps carry. */
  model(name: string): { readonly sha256: string; readonly label: string | null } | null;
};
