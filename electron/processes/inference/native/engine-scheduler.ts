import type { ScaledAdapter } from './engine-addon.ts';

/**
 * Generates for many requests at once on a thread of its own. Errors of requests come as their `end`; `EngineError` is thrown for
 * what cannot be a request (engine/argument), a grammar that is none (grammar/syntax, …) and after `close` (engine/closed).
 */
export type EngineScheduler = {
  /** Returns at once. The request's events come in order, the last of them its `end`. Grammars are compiled here, on the caller's thread. */
  submit(request: GenerationRequest): void;
  /** Ends a request, at most one step later; unknown ids are ignored. */
  cancel(id: number): void;
  /**
   * The state after these tokens, read now where they are not in the cache. It fits the same model and `stateKey`, release, `kvType` and,
   * unless `unifiedCache`, number of slots.
   */
  saveState(tokens: Int32Array, options?: { readonly adapters?: readonly ScaledAdapter[]; readonly priority?: number }): Promise<Buffer>;
  /** Puts a saved state into an idle slot (waits for one) and tells its tokens; the next request that begins like it goes on from there. Fails with engine/state. */
  restoreState(state: Uint8Array, options?: { readonly adapters?: readonly ScaledAdapter[] }): Promise<Int32Array>;
  /** Forgets what idle slots keep, adapters too: before one is closed. */
  clearCache(): void;
  stats(): SchedulerStatistics;
  /** Ends every request with `cancelled`; resolves when the context is freed. */
  close(): Promise<void>;
};

export type SchedulerOptions = {
  /** Requests at work at the same time; 1 without. */
  readonly slots?: number;
  /** Tokens of prompt and answer a slot has room for; 4,096 without. */
  readonly contextPerSlot?: number;
  /** Most tokens of a step; 512 without. */
  readonly batch?: number;
  /** Most tokens computed at once; `batch` without. */
  readonly microBatch?: number;
  /** While only generating; 1 without. */
  readonly threads?: number;
  /** While prompts are read; `threads` without. */
  readonly prefillThreads?: number;
  /** What the cache holds; other than f16 needs flash attention. */
  readonly kvType?: 'f16' | 'q8_0' | 'q4_0';
  /** Where the device can; true without. */
  readonly flashAttention?: boolean;
  /**
   * One pool of cells for all slots instead of a buffer for each (false without). Prefixes are then shared without a copy, but every
   * stream's attention looks at the cells of all of them: 4 to 10 % slower at eight streams of 300 tokens, more beyond.
   */
  readonly unifiedCache?: boolean;
  readonly cacheOnGpu?: boolean;
  /** Names the weights, such as the file's hash: saved states of another key are refused. */
  readonly stateKey?: string;
};

export type GenerationRequest = {
  /** Chosen by the caller, not in use. */
  readonly id: number;
  readonly tokens: Int32Array;
  readonly maxTokens: number;
  readonly sampling?: SamplingOptions;
  /** GBNF, with `<copy:K>` for a substring of `sources[K]` as it stands inside a JSON string. */
  readonly grammar?: { readonly gbnf: string; readonly sources?: readonly string[] };
  /** The answer ends before the first of them. */
  readonly stops?: readonly string[];
  /** Higher ones get a slot first; 0 without. */
  readonly priority?: number;
  /** From now, the wait for a slot included. */
  readonly deadlineMs?: number;
  /** So many of the best tokens are told per token, at most 100. */
  readonly probabilities?: number;
  /** False: nothing of it stays in the cache. */
  readonly cachePrompt?: boolean;
  /** End tokens are never chosen (for measurements). */
  readonly ignoreEnd?: boolean;
  /** When the context is full the older half after so many first tokens is dropped; without, it ends with `length`. */
  readonly contextShift?: number;
  /** Guesses by prompt lookup; never changes what is chosen, but for rounding. `maxDraft` at most 16, 8 without; `ngram` 3 without. */
  readonly speculation?: { readonly maxDraft?: number; readonly ngram?: number };
  readonly adapters?: readonly ScaledAdapter[];
};

/** Steps in this order; what is missing has no effect. */
export type SamplingOptions = {
  readonly logitBias?: readonly { readonly token: number; readonly bias: number }[];
  readonly repeatPenalty?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  /** Last tokens that penalties look at, prompt included; -1 all, 64 without. */
  readonly penaltyLast?: number;
  /** Against verbatim repetition. Without: 0.8, 1.75, 2, -1 (all), newline, colon, quote, asterisk. */
  readonly dry?: {
    readonly multiplier?: number;
    readonly base?: number;
    readonly allowedLength?: number;
    readonly last?: number;
    readonly breakers?: readonly string[];
  };
  /** 0 all. */
  readonly topK?: number;
  readonly typicalP?: number;
  readonly topP?: number;
  readonly minP?: number;
  /** 0 (and without): always the best token. */
  readonly temperature?: number;
  /** The same seed gives the same draws; 0 without. */
  readonly seed?: number;
};

export type GenerationEvent =
  | {
      readonly id: number;
      readonly kind: 'tokens';
      readonly tokens: Int32Array;
      /** UTF-8, cut where tokens cut it; held back while it may begin a stop string. */
      readonly bytes: Buffer;
      readonly probabilities?: TokenProbabilities;
    }
  | { readonly id: number; readonly kind: 'progress'; readonly promptDone: number }
  | GenerationEnd;

export type GenerationEnd = {
  readonly id: number;
  readonly kind: 'end';
  /** `end`: the model or the grammar ended; `length`: `maxTokens` or the context's end. */
  readonly reason: 'end' | 'length' | 'stop' | 'cancelled' | 'deadline' | 'error';
  readonly error?: string;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly draftedTokens: number;
  readonly acceptedTokens: number;
  /** What copies took: UTF-8 byte offsets into the sources. */
  readonly spans?: readonly { readonly source: number; readonly begin: number; readonly end: number }[];
  readonly timings: { readonly queueMs: number; readonly promptMs: number; readonly decodeMs: number };
};

/** Row i belongs to token i of the event: `count` best tokens before any step of sampling. ln p = logit − logSums[i]. */
export type TokenProbabilities = {
  readonly count: number;
  readonly tokens: Int32Array;
  readonly logits: Float32Array;
  readonly logSums: Float32Array;
};

/** Counters since it was made, the first six excepted. */
export type SchedulerStatistics = {
  readonly slots: number;
  readonly active: number;
  readonly generating: number;
  readonly queued: number;
  readonly contextUsed: number;
  readonly contextSize: number;
  readonly steps: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly copiedTokens: number;
  readonly generatedTokens: number;
  readonly draftedTokens: number;
  readonly acceptedTokens: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly failed: number;
  readonly abortedSteps: number;
  readonly shifts: number;
  /** In llama_decode, and between its calls while there was work. */
  readonly decodeMs: number;
  readonly outsideMs: number;
};
