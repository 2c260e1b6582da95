import type { EngineScheduler, GenerationEvent, SchedulerOptions } from './engine-scheduler.ts';

/**
 * The surface of the engine's addon (native/engine), loaded with `createRequire`. Its errors are `EngineError`; wrong arguments
 * give `engine/argument` and never end the process. Tokens are ids of the model's vocabulary.
 */
export type EngineAddon = {
  /** The llama.cpp release of the headers it was compiled with; binaries of another one are refused. */
  readonly release: string;
  /** Opens libllama in `folder` once per process. Throws engine/library, engine/release, engine/already-open (another folder). */
  open(library: { folder: string }): void;
  /** What the processor's backend makes use of. */
  systemInfo(): string;
  devices(): EngineDevice[];
  /** Progress from 0 to 1. Fails with engine/load, engine/out-of-memory, engine/cancelled. */
  loadModel(options: LoadModelOptions, onProgress?: (fraction: number) => void): EngineTask<EngineModel>;
  /**
   * Writes `output`, which must not exist; a cancel ends after the tensor in work, and it or a failure removes what was written.
   * Fails with engine/failed, engine/cancelled, engine/argument.
   */
  quantise(options: QuantiseOptions, onProgress?: (finishedTensors: number, tensors: number) => void): EngineTask<Quantised>;
};

/**
 * `code`: engine/argument, engine/not-open, engine/already-open, engine/library, engine/release, engine/closed, engine/in-use,
 * engine/cancelled, engine/load, engine/out-of-memory, engine/unsupported, engine/failed. `lines`: what the library logged about
 * it (the last warnings and errors; tensors and sizes, never text).
 */
export type EngineError = Error & { readonly code: string; readonly lines: readonly string[] };

/** Work on a thread of its own. After `cancel` the promise fails soon with engine/cancelled, unless it is settled. */
export type EngineTask<T> = { readonly promise: Promise<T>; cancel(): void };

export type EngineDevice = {
  readonly name: string;
  readonly description: string;
  readonly kind: 'cpu' | 'gpu' | 'integrated-gpu' | 'accelerator';
  readonly freeBytes: number;
  readonly totalBytes: number;
};

export type LoadModelOptions = {
  readonly path: string;
  /** Layers on GPUs, -1 for all; 0 without. */
  readonly gpuLayers?: number;
  /** True without. */
  readonly mmap?: boolean;
  /** Keeps the weights out of swap. */
  readonly lock?: boolean;
  readonly vocabOnly?: boolean;
  /** Looks for values that are no numbers; reads the whole file. */
  readonly checkTensors?: boolean;
  /** The GPU that takes everything; split over all without. */
  readonly mainGpu?: number;
  /** Shares of the GPUs when the model is split. */
  readonly tensorSplit?: readonly number[];
};

export type EngineModel = {
  info(): EngineModelInfo;
  /** The file's metadata without arrays, as text. */
  metadata(): Record<string, string>;
  /** Tokens that end an answer. */
  endTokens(): Int32Array;
  /** Without the tokens that models want around a text. `special`: control tokens may be written in the text. */
  tokenize(text: string, special?: boolean): Int32Array;
  /** UTF-8, cut where the tokens cut it. `special`: control tokens are shown. */
  detokenize(tokens: Int32Array, special?: boolean): Buffer;
  /**
   * One vector per text, in order; texts that go together fill a batch. They are given as the model wants them (with its tokens for
   * begin and end). A cancel ends within one batch. Progress: finished texts. Fails with engine/unsupported, engine/cancelled,
   * engine/closed, engine/out-of-memory.
   */
  embed(texts: readonly Int32Array[], options?: EmbedOptions, onProgress?: (finished: number) => void): EngineTask<Float32Array[]>;
  /** Raw scores, one per class of the model. Refused (engine/unsupported) for models that were not made for it. */
  rank(
    texts: readonly Int32Array[],
    options?: Omit<EmbedOptions, 'pooling' | 'normalise'>,
    onProgress?: (finished: number) => void,
  ): EngineTask<Float32Array[]>;
  /** As llama-perplexity measures: windows (512 tokens), the second half of each is scored. Progress from 0 to 1. */
  perplexity(
    tokens: Int32Array,
    options?: { readonly threads?: number; readonly window?: number },
    onProgress?: (fraction: number) => void,
  ): EngineTask<{ readonly perplexity: number; readonly error: number; readonly tokens: number }>;
  loadAdapter(path: string): Promise<EngineAdapter>;
  /** Fails with engine/out-of-memory, engine/unsupported. `onEvents` gets events in groups, every few milliseconds. */
  createScheduler(options: SchedulerOptions, onEvents: (events: GenerationEvent[]) => void): Promise<EngineScheduler>;
  /**
   * Jobs that run end with engine/closed; resolves when the memory is free. Refused (engine/in-use) while adapters or schedulers
   * are open. Once closed, everything but `close` throws engine/closed.
   */
  close(): Promise<void>;
};

export type EngineModelInfo = {
  readonly description: string;
  readonly architecture: string;
  readonly fileType: string;
  readonly vocabularyType: 'spm' | 'bpe' | 'wpm' | 'ugm' | 'rwkv' | 'plamo2' | 'none';
  readonly bytes: number;
  readonly parameters: number;
  /** 0, as are sizes and heads, where only the vocabulary was loaded. */
  readonly layers: number;
  /** Numbers of an embedding. */
  readonly embeddingSize: number;
  readonly heads: number;
  readonly headsKv: number;
  readonly vocabularySize: number;
  readonly trainContext: number;
  /** 0 without one. */
  readonly slidingWindow: number;
  /** Recurrent or hybrid: its state cannot be cut back to a prefix. */
  readonly recurrent: boolean;
  readonly encoder: boolean;
  readonly decoder: boolean;
  readonly ranks: boolean;
  readonly addBos: boolean;
  readonly addEos: boolean;
  /** -1 where the vocabulary has none. */
  readonly bos: number;
  readonly eos: number;
  readonly eot: number;
};

/** A LoRA adapter of one model. `close` it before the model. */
export type EngineAdapter = { close(): Promise<void> };
export type ScaledAdapter = { readonly adapter: EngineAdapter; readonly scale?: number };

export type EmbedOptions = {
  /** The cores without, at most 16. */
  readonly threads?: number;
  /** The longest text in tokens; the model's training context without. */
  readonly contextSize?: number;
  /** The model's own without; a model without one gives the last token's vector. */
  readonly pooling?: 'none' | 'mean' | 'cls' | 'last';
  /**
   * Chosen by the library without. It needs less memory for long texts and is less exact (1e-4), so that a text's vector depends
   * on those it shares a batch with (2e-5; 1e-7 without).
   */
  readonly flashAttention?: boolean;
  /** To the length 1; true without. */
  readonly normalise?: boolean;
  readonly adapters?: readonly ScaledAdapter[];
};

export type QuantisedType = 'F16' | 'BF16' | 'Q8_0' | 'Q6_K' | 'Q5_K_M' | 'Q5_K_S' | 'Q4_K_M' | 'Q4_K_S' | 'Q4_0' | 'Q3_K_M';

export type QuantiseOptions = {
  readonly input: string;
  /** Not needed for a dry run. */
  readonly output?: string;
  readonly type: QuantisedType;
  readonly threads?: number;
  /** Allows a source that is quantised already. */
  readonly requantise?: boolean;
  /** Every matrix in the one type, without the mixture its name stands for. */
  readonly pure?: boolean;
  /** Only tells the size. */
  readonly dryRun?: boolean;
};

/** Sizes of the weights to 0.01 MiB; `warnings` of the library, such as tensors that needed another type. */
export type Quantised = {
  readonly tensorBytesBefore: number;
  readonly tensorBytes: number;
  readonly bitsPerWeight: number;
  readonly warnings: readonly string[];
};
