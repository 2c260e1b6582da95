import type { EngineProtocol, GenerateParams, GenerateResult, LoadedModel } from '../../core/inference/engine.protocol.ts';

export type BackendName = LoadedModel['backend'];
export type LoadParams = EngineProtocol['load']['params'];
/** Text as it is made, and how many tokens it stands for. */
export type Emit = (event: { text: string; tokens: number }) => void;

/** Told the tokens as they were chosen, before anything is held back. */
export type OnTokens = (tokens: ArrayLike<number>) => void;

/** One way to run models: the addon's own loop (`native`) or node-llama-cpp's (`js`). Both behave alike; see backend.conformance.test.ts. */
export type InferenceBackend = {
  readonly name: BackendName;
  /** Fails with `inference/bad-file`, `inference/out-of-memory`, `inference/unsupported`, or as `signal` was aborted. */
  load(params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<HostedModel>;
};

/** A model in memory. */
export type HostedModel = {
  readonly info: LoadedModel;
  /** False where it was loaded for embeddings only. */
  readonly generates: boolean;
  /** Requests that run and that wait for a place. */
  load(): { active: number; queued: number };
  /** Runs one request. `signal` cancels it, while it waits, reads or writes. Fails as `EngineProtocol.generate` says. */
  generate(params: GenerateParams, signal: AbortSignal, emit: Emit, onTokens?: OnTokens): Promise<GenerateResult>;
  /** One L2-normalised vector per text, in order. Texts longer than the model's context are refused. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  countTokens(text: string): number;
  /** Frees everything; the caller sees to it that nothing runs. */
  dispose(): Promise<void>;
};
