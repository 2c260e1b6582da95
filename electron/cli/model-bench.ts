import { AppError } from '../core/errors.ts';
import type { EngineProtocol, GenerateParams, GenerateResult, LoadedModel } from '../core/inference/engine.protocol.ts';
import { WorkerHost } from '../local/worker-host.ts';
import { MeasuringPrompts } from './measuring-prompts.ts';

export type ModelBenchOptions = {
  path: string;
  contextSize: number;
  promptTokens: number;
  decodeTokens: number;
  /** The engine measures and chooses where it is not given. */
  threads?: number | undefined;
  backend?: LoadedModel['backend'] | undefined;
  progress(line: string): void;
};

export type ModelBench = {
  backend: LoadedModel['backend'];
  gpu: string;
  threads: number;
  loadMs: number;
  prefillTokensPerSecond: number;
  decodeTokensPerSecond: number;
  /** Milliseconds to the first token of a prompt of `promptTokens`, and of one that goes on after it. */
  ttftColdMs: number;
  ttftPrefixMs: number;
  /** Tokens per second of 1, 2, 4 and 8 requests side by side, all together, short prompts included. */
  parallel: Record<'1' | '2' | '4' | '8', number>;
  /** The inference process with the model and its contexts, after all this. */
  residentMiB: number;
};

const runs = 3;
const streams = [1, 2, 4, 8] as const;
const modelId = 'bench';

/** Measures a model file in the real inference process, without a vault; medians of three. */
export async function benchModel(options: ModelBenchOptions): Promise<ModelBench> {
  const worker = new WorkerHost<EngineProtocol>('inference');
  await worker.start();
  try {
    return await measure(worker, options);
  } finally {
    await worker.stop();
  }
}

async function measure({ link }: WorkerHost<EngineProtocol>, options: ModelBenchOptions): Promise<ModelBench> {
  const { path, contextSize, promptTokens, decodeTokens, threads, backend, progress } = options;
  const need = promptTokens + decodeTokens + 64;
  if (contextSize < need)
    throw new AppError('inference/prompt-too-long', `These lengths need a context of at least ${need}.`, { promptTokens, contextSize });
  progress('loading …');
  const loaded = await link.call('load', { modelId, path, contextSize, sequences: 8, purpose: 'generate', threads, backend });
  const generate = (text: string, maxTokens: number) =>
    link.call('generate', { ...request, prompt: { kind: 'raw', text }, maxTokens }, { onEvent: () => undefined });
  const prompts = new MeasuringPrompts(async (text) => (await link.call('countTokens', { modelId, text })).tokens);

  await generate('Warm up', 8);
  const cold: GenerateResult[] = [];
  const after: GenerateResult[] = [];
  const decoded: GenerateResult[] = [];
  for (let run = 0; run < runs; run++) {
    progress(`one stream, ${run + 1} of ${runs} …`);
    const prompt = await prompts.fresh(promptTokens);
    cold.push(await generate(prompt, 1));
    after.push(await generate(`${prompt} and then it went on with what was left to say`, 1));
    decoded.push(await generate(await prompts.fresh(8), decodeTokens));
  }
  const parallel = { '1': 0, '2': 0, '4': 0, '8': 0 };
  for (const count of streams) {
    progress(`${count} side by side …`);
    const speeds: number[] = [];
    for (let run = 0; run < runs; run++) {
      const texts: string[] = [];
      for (let i = 0; i < count; i++) texts.push(await prompts.fresh(8));
      const started = performance.now();
      const results = await Promise.all(texts.map((text) => generate(text, decodeTokens)));
      speeds.push(results.reduce((sum, { outputTokens }) => sum + outputTokens, 0) / ((performance.now() - started) / 1000));
    }
    parallel[count] = round(median(speeds));
  }
  const { residentBytes } = await link.call('status', {});
  return {
    backend: loaded.backend,
    gpu: loaded.gpu,
    threads: loaded.threads,
    loadMs: loaded.loadMs,
    prefillTokensPerSecond: round(median(cold.map((result) => result.promptTokens / (first(result) / 1000)))),
    decodeTokensPerSecond: round(median(decoded.map((result) => (result.outputTokens - 1) / ((result.durationMs - first(result)) / 1000)))),
    ttftColdMs: round(median(cold.map(first))),
    ttftPrefixMs: round(median(after.map(first))),
    parallel,
    residentMiB: Math.round(residentBytes / 2 ** 20),
  };
}

const request: Omit<GenerateParams, 'prompt' | 'maxTokens'> = { modelId, temperature: 0, timeoutMs: 3_600_000 };

function first({ firstTokenMs, durationMs }: GenerateResult): number {
  return Math.max(0.5, firstTokenMs ?? durationMs);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
