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
  /** Output is constrained to this GBNF grammar instead; its start rule is `root`. */
  grammar?: string | undefined;
  /** Waiting for a free place included. */
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

export type LoadedModel = {
  modelId: string;
  /** Tokens that prompt and answer of one request may have together. */
  contextSize: number;
  /** Requests that can run side by side. */
  sequences: number;
  /** Whose loop runs it: the addon's own or, where that is not there, node-llama-cpp's. */
  backend: 'native' | 'js';
  /** Null where it is the native one. */
  whyNotNative: string | null;
  /** `cpu`, `cuda`, `vulkan` or `metal`. */
  gpu: string;
  threads: number;
  loadMs: number;
};

export const quantisedTypes = ['F16', 'BF16', 'Q8_0', 'Q6_K', 'Q5_K_M', 'Q5_K_S', 'Q4_K_M', 'Q4_K_S', 'Q4_0', 'Q3_K_M'] as const;

/** Sizes of the weights; `warnings` of the library, such as tensors that needed another type. */
export type QuantiseResult = {
  tensorBytesBefore: number;
  tensorBytes: number;
  bitsPerWeight: number;
  warnings: readonly string[];
};

/** What the inference process offers core. */
export type EngineProtocol = {
  /**
   * Fails with `inference/bad-file`, `inference/out-of-memory`, `inference/unsupported`. Loading a loaded model answers
   * at once. `sequences` is a wish: with too little memory there are fewer. `embed` loads a model for `embed` alone.
   * `threads` and `backend` are chosen by the engine where they are not given.
   */
  load: {
    params: {
      modelId: string;
      path: string;
      contextSize: number;
      sequences: number;
      purpose: 'generate' | 'embed';
      threads?: number | undefined;
      backend?: LoadedModel['backend'] | undefined;
    };
    event: { progress: number };
    result: LoadedModel;
  };
  unload: { params: { modelId: string }; event: never; result: { unloaded: boolean } };
  /**
   * Streams text as it is made (events batched, not one per token). Fails with `inference/not-loaded`,
   * `inference/timeout`, `inference/prompt-too-long`, `inference/bad-schema` or `inference/failed`.
   */
  generate: { params: GenerateParams; event: { text: string; tokens: number }; result: GenerateResult };
  /** One vector of the model's embedding length per text, L2-normalised. */
  embed: { params: { modelId: string; texts: readonly string[] }; event: never; result: { vectors: Float32Array[] } };
  /**
   * Writes `output`, which must not exist; a cancel or a failure leaves nothing of it. Only the native engine can: otherwise it fails
   * with `inference/unsupported`; with `inference/bad-file` for what is no model, `inference/failed` for what the library refuses
   * (such as a source that is quantised already, unless `again`).
   */
  quantise: {
    params: { input: string; output: string; type: (typeof quantisedTypes)[number]; again: boolean };
    event: { finishedTensors: number; tensors: number };
    result: QuantiseResult;
  };
  countTokens: { params: { modelId: string; text: string }; event: never; result: { tokens: number } };
  /** What runs now. */
  status: {
    params: Record<string, never>;
    event: never;
    result: {
      loaded: readonly LoadedModel[];
      active: number;
      queued: number;
      gpus: readonly string[];
      gpuFailures: readonly string[];
      /** Of llama.cpp. */
      release: string;
      /** Memory of the process, models included. */
      residentBytes: number;
      /** What loads models next, and why it is not the native loop. */
      backend: { name: LoadedModel['backend']; whyNotNative: string | null };
    };
  };
};
