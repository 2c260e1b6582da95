import type { DocumentPage, DocumentSummary } from '../contract/documents.ts';
import type { Extraction } from '../inference/extraction.ts';
import type { Json } from '../contract/base.ts';
import type { PortValues } from './node.ts';

/** One run of a node that its folder promises. The conformance test runs all of them. */
export type NodeFixture = {
  readonly name: string;
  readonly inputs: PortValues;
  readonly config?: Readonly<Record<string, Json>>;
  /** What it puts out. Functions check values that differ from run to run. */
  readonly outputs?: Readonly<Record<string, Json | ((value: Json | undefined) => boolean)>>;
  /** Code of the error it fails with instead. */
  readonly fails?: string;
  /** Code it is skipped with instead. */
  readonly skips?: string;
  /** Pages of the document; absent: reading it fails with `documents/encrypted`. */
  readonly pages?: readonly string[];
  /** What the model finds; absent: there is no model. */
  readonly extracts?: Readonly<Record<string, Json>>;
};

export const fixtureDocument = { id: 'document-1', name: 'letter.pdf' };

export function fixtureSummary(pageCount: number): DocumentSummary {
  return {
    ...fixtureDocument,
    caseId: 'case-1',
    kind: 'pdf',
    size: 1,
    sha256: '0'.repeat(64),
    status: 'ready',
    pageCount,
    pagesRead: pageCount,
    ocrPages: 0,
    error: null,
    importedAt: 0,
    importedBy: 'ada',
    durationMs: 1,
  };
}

export function fixturePage(text: string, index: number): DocumentPage {
  return { number: index + 1, width: 595, height: 842, source: 'text', text, words: [] };
}

export function fixtureExtraction(values: Readonly<Record<string, Json>>): Extraction {
  const prompt = { prompt: { kind: 'raw' as const, text: 'prompt' }, maxTokens: 8 };
  return {
    values,
    model: { id: 'model-1', name: 'Tiny', sha256: 'ab'.repeat(32) },
    calls: [{ prompt, answer: JSON.stringify(values) }],
    incomplete: false,
    promptTokens: 20,
    outputTokens: 5,
    durationMs: 3,
  };
}
