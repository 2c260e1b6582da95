import type { DocumentPage, DocumentSummary } from '../contract/documents.ts';
import type { Model } from '../contract/models.ts';
import type { GenerateResult, Prompt } from '../inference/engine.protocol.ts';

/** What the assistant needs of the models registry. */
export type ChatModels = { list(): readonly Model[] };

/** What the assistant needs of inference; models are loaded as needed. */
export type ChatInference = {
  generate(
    request: { modelId: string; prompt: Prompt; maxTokens: number; temperature: number },
    options: { signal: AbortSignal; onEvent: (event: { text: string }) => void },
  ): Promise<Pick<GenerateResult, 'text' | 'outputTokens' | 'durationMs' | 'stopReason'>>;
  countTokens(modelId: string, text: string): Promise<number>;
};

/** What the assistant needs of documents. */
export type ChatDocuments = {
  /** Fails with `documents/not-found`. */
  get(id: string): DocumentSummary;
  pages(id: string): readonly DocumentPage[] | Promise<readonly DocumentPage[]>;
};
