import type { Json } from '../contract/base.ts';

export type ChatTurn = { role: 'system' | 'user' | 'assistant'; text: string };

/** `chat` goes through the model's chat template; `raw` is fed as it stands (BOS added by the tokenizer). */
export type Prompt = { kind: 'chat'; turns: readonly ChatTurn[] } | { kind: 'raw'; text: string };

export type GenerateParams = {
  modelId: string;
  prompt: Prompt;
  /** Upper bound of output tokens. */
  maxTokens: number;
  /** 0 is greedy. */
  temperature: number;
  seed?: number | undefined;
  /** Output is constrained to this JSON Schema. */
  jsonSchema?: Json | undefined;
  timeoutMs: number;
};

export type GenerateResult = {
  text: string;
  promptTokens: number;
  outputTokens: number;
  /** Milliseconds from the start of the request, its waiting time included. */
  firstTokenMs: number | null;
  durationMs: number;
  stopReason: 'end' | 'length';
};

export type LoadedModel = { modelId: string; contextSize: number; gpu: string; threads: number; loadMs: number };

/** What the inference process offers core. */
export type EngineProtocol = {
  /** Fails with `inference/bad-file`, `inference/out-of-memory`, `inference/unsupported`. Loading a loaded model answers at once. */
  load: {
    params: { modelId: string; path: string; contextSize: number; purpose: 'generate' | 'embed' };
    event: { progress: number };
    result: LoadedModel;
  };
  unload: { params: { modelId: string }; event: never; result: { unloaded: boolean } };
  /**
   * Streams text as it is made (events batched, not one per token). Fails with `inference/not-loaded`,
   * `inference/timeout`, `inference/prompt-too-long` or `inference/bad-schema`.
   */
  generate: { params: GenerateParams; event: { text: string; tokens: number }; result: GenerateResult };
  /** One vector of the model's embedding length per text, L2-normalised. */
  embed: { params: { modelId: string; texts: readonly string[] }; event: never; result: { vectors: Float32Array[] } };
  countTokens: { params: { modelId: string; text: string }; event: never; result: { tokens: number } };
  /** What runs now. */
  status: {
    params: Record<string, never>;
    event: never;
    result: { loaded: readonly LoadedModel[]; active: number; queued: number; gpus: readonly string[]; gpuFailures: readonly string[] };
  };
};
