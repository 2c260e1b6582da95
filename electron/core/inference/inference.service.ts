import type { CallOrigin, EndedCall } from '../audit/model-calls/model-calls.ts';
import type { Json } from '../contract/base.ts';
import { AppError, toErrorShape } from '../errors.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';
import type { ModelRecord } from '../models/model-record.ts';
import type { EngineProtocol, GenerateParams, GenerateResult, LoadedModel } from './engine.protocol.ts';
import { extractInParts, type Extraction } from './extraction.ts';
import { InferenceMeter, type InferenceMetrics } from './inference-metrics.ts';
import type { ModelLoader, Purpose } from './model-loader.ts';

/** `modelId` absent: the default model. */
export type GenerateRequest = Omit<GenerateParams, 'modelId'> & {
  readonly modelId?: string | undefined;
  /** Who asks, and of what: it stands in the record of the call. */
  readonly origin: CallOrigin;
};
export type GenerateOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: { text: string; tokens: number }) => void) | undefined;
};
export type ModelIdentity = { readonly id: string; readonly name: string; readonly sha256: string };
export type Generated = GenerateResult & { readonly model: ModelIdentity };
export type ExtractRequest = {
  readonly modelId?: string | undefined;
  readonly schema: Json;
  readonly text: string;
  readonly timeoutMs: number;
  readonly origin: CallOrigin;
};
/** Keeps the record of calls; where it cannot, it throws, and the answer is not given. */
export type CallRecorder = { record(origin: CallOrigin, call: EndedCall): void };

/** Failures of a request that no model has read. */
const unread: ReadonlySet<string> = new Set([
  'inference/not-loaded',
  'inference/bad-file',
  'inference/out-of-memory',
  'inference/unsupported',
  'inference/prompt-too-long',
  'inference/bad-schema',
  'inference/load-crashed',
]);

/** Where models come from; the registry. */
export type ModelRegistry = {
  /** The model `id`, or the default one, with its file checked. */
  usable(id?: string): Promise<ModelRecord>;
};

/** Everything the application asks of models. Models are loaded on demand, and again after the inference process ended. */
export class InferenceService {
  readonly #engine: WorkerCaller<EngineProtocol>;
  readonly #loader: ModelLoader;
  readonly #models: ModelRegistry;
  readonly #calls: CallRecorder;
  readonly #meter = new InferenceMeter();
  readonly #running = new Map<string, { requests: number; sequences: number }>();

  constructor(engine: WorkerCaller<EngineProtocol>, loader: ModelLoader, models: ModelRegistry, calls: CallRecorder) {
    this.#engine = engine;
    this.#loader = loader;
    this.#models = models;
    this.#calls = calls;
  }

  /**
   * Generates text. A request that the inference process took down with it is tried once more if nothing of it was shown
   * yet; otherwise it fails with `inference/crashed`. However a call ends, it is recorded before anybody gets the answer.
   */
  async generate({ modelId, origin, ...request }: GenerateRequest, { signal, onEvent }: GenerateOptions = {}): Promise<Generated> {
    const model = await this.#models.usable(modelId);
    const startedAt = performance.now();
    let written = '';
    const record = (result: Pick<GenerateResult, 'text'> & Partial<GenerateResult>, reason: string | null) =>
      this.#calls.record(origin, {
        model: identityOf(model),
        prompt: request.prompt,
        constraint: constraintOf(request),
        parameters: { maxTokens: request.maxTokens, temperature: request.temperature, seed: request.seed },
        output: result.text,
        promptTokens: result.promptTokens ?? null,
        outputTokens: result.outputTokens ?? null,
        ms: performance.now() - startedAt,
        reason,
      });
    const events = (event: { text: string; tokens: number }) => {
      written += event.text;
      this.#meter.tokens(event.tokens);
      onEvent?.(event);
    };
    let result: GenerateResult;
    try {
      result = await this.#withModel(
        model,
        'generate',
        signal,
        () => !(written !== '' && onEvent),
        () => {
          written = '';
          return this.#engine.call('generate', { ...request, modelId: model.id }, { signal, onEvent: events });
        },
      );
    } catch (error) {
      const { code } = toErrorShape(error);
      if (!unread.has(code)) record({ text: written }, code);
      throw error;
    }
    record(result, null);
    this.#meter.finished(result);
    return { ...result, model: identityOf(model) };
  }

  /**
   * Extracts the properties of `schema` from `text`: null where the text does not have them. Text that is too long for the
   * model is read in overlapping parts, and the first part that has a value gives it.
   */
  async extract(
    { modelId, schema, text, timeoutMs, origin }: ExtractRequest,
    { signal, onEvent }: GenerateOptions = {},
  ): Promise<Extraction> {
    const model = await this.#models.usable(modelId);
    const { contextSize } = await this.#loader.load(model);
    return extractInParts({
      model,
      schema,
      text,
      contextSize,
      countTokens: (part) => this.countTokens(model.id, part, signal),
      generate: (prompt) => this.generate({ ...prompt, modelId: model.id, temperature: 0, timeoutMs, origin }, { signal, onEvent }),
    });
  }

  /** One L2-normalised vector per text, in order. */
  async embed(modelId: string, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const model = await this.#models.usable(modelId);
    const { vectors } = await this.#withModel(
      model,
      'embed',
      signal,
      () => true,
      () => this.#engine.call('embed', { modelId: model.id, texts }, { signal }),
    );
    return vectors;
  }

  async countTokens(modelId: string, text: string, signal?: AbortSignal): Promise<number> {
    const model = await this.#models.usable(modelId);
    const { tokens } = await this.#withModel(
      model,
      'generate',
      signal,
      () => true,
      () => this.#engine.call('countTokens', { modelId: model.id, text }, { signal }),
    );
    return tokens;
  }

  /** Tokens that a prompt and its answer may have together; loads the model if it is not loaded. */
  async contextSize(modelId: string): Promise<number> {
    return (await this.#loader.load(await this.#models.usable(modelId))).contextSize;
  }

  metrics(): InferenceMetrics {
    const running = [...this.#running.values()];
    const active = running.reduce((sum, { requests, sequences }) => sum + Math.min(requests, sequences), 0);
    return this.#meter.read({ active, queued: running.reduce((sum, { requests }) => sum + requests, 0) - active });
  }

  async #withModel<T>(
    model: ModelRecord,
    purpose: Purpose,
    signal: AbortSignal | undefined,
    canRepeat: () => boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#loader.use(model, purpose, (loaded) => {
          signal?.throwIfAborted();
          return this.#counted(model.id, loaded, work);
        });
      } catch (error) {
        if (signal?.aborted) throw new AppError('request/cancelled', 'The request was cancelled.');
        if (!lostProcess(error)) throw error;
        if (attempt > 1 || !canRepeat()) throw error.code === 'inference/load-crashed' ? error : crashed(error);
      }
    }
  }

  async #counted<T>(id: string, { sequences }: LoadedModel, work: () => Promise<T>): Promise<T> {
    const entry = this.#running.get(id) ?? { requests: 0, sequences };
    entry.requests += 1;
    entry.sequences = sequences;
    this.#running.set(id, entry);
    try {
      return await work();
    } finally {
      entry.requests -= 1;
    }
  }
}

function constraintOf({ grammar, jsonSchema }: Pick<GenerateParams, 'grammar' | 'jsonSchema'>): EndedCall['constraint'] {
  if (grammar !== undefined) return { kind: 'grammar', text: grammar };
  return jsonSchema === undefined ? null : { kind: 'schema', text: JSON.stringify(jsonSchema) };
}

function identityOf({ id, displayName, sha256 }: ModelRecord): ModelIdentity {
  return { id, name: displayName, sha256 };
}

/** The process went down, or came back without the model. */
function lostProcess(error: unknown): error is AppError {
  return error instanceof AppError && ['process/unavailable', 'inference/not-loaded', 'inference/load-crashed'].includes(error.code);
}

function crashed(cause: AppError): AppError {
  const reason = cause.details['reason'] ?? cause.code;
  return new AppError(
    'inference/crashed',
    'The inference engine stopped while it worked on this request and was started anew. Nothing else was lost. Try again; if it happens every time with this model, use another one.',
    { reason },
    { cause },
  );
}
