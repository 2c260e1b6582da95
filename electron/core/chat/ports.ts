import type { CallOrigin } from '../audit/model-calls/model-calls.ts';
import type { DocumentPage, DocumentSummary } from '../contract/documents.ts';
import type { Model } from '../contract/models.ts';
import type { GenerateResult, Prompt } from '../inference/engine.protocol.ts';

/** What the assistant needs of the models registry. */
export type ChatModels = {
  /** Resolves when all models are known. */
  readonly ready: Promise<void>;
  list(): readonly Model[];
};

/** What the assistant needs of inference; models are loaded as needed. */
export type ChatInference = {
  generate(
    request: { modelId: string; prompt: Prompt; maxTokens: number; temperature: number; timeoutMs: number; origin: CallOrigin },
    options: { signal: AbortSignal; onEvent: (event: { text: string }) => void },
  ): Promise<Pick<GenerateResult, 'text' | 'outputTokens' | 'durationMs' | 'stopReason'>>;
  countTokens(modelId: string, text: string, signal: AbortSignal): Promise<number>;
  /** Tokens that a prompt and its answer may have together. */
  contextSize(modelId: string): Promise<number>;
};

/** What the assistant needs of documents. */
export type ChatDocuments = {
  /** Fails with `documents/not-found`. */
  get(id: string): DocumentSummary;
  pages(id: string): readonly DocumentPage[] | Promise<readonly DocumentPage[]>;
};
