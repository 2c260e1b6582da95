import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MeasuringPrompts } from '../../electron/cli/measuring-prompts.ts';
import type { EngineProtocol, GenerateParams, GenerateResult } from '../../electron/core/inference/engine.protocol.ts';
import { WorkerHost } from '../../electron/local/worker-host.ts';
import { shapes, writeRandomModel } from '../random-model/random-model.ts';
import { BareLoop } from './engine/bare-loop.ts';
import { statistics } from './statistics.ts';

const folder = fileURLToPath(new URL('../../out/bench', import.meta.url));
const streams = 8;
const contextSize = 4608;
const longPrompt = 4096;

/**
 * Reading, writing, eight streams and what else is promised, of the engine's real process against a bare C++ loop over the same
 * library, taken in turns; each ratio is the median of the rounds. Random weights; `--models 100m-q4_0,1b-q8_0 --threads 1,2
 * --backends native,js --rounds 5 --prompt-tokens 512 --decode-tokens 128`.
 */
export async function engineBench(options: readonly string[]): Promise<Record<string, unknown>> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...options],
    options: {
      models: text,
      threads: text,
      backends: text,
      rounds: text,
      'prompt-tokens': text,
      'decode-tokens': text,
      json: { type: 'boolean' },
    },
  });
  const list = (given: string | undefined, otherwise: string) => (given ?? otherwise).split(',');
  const size = {
    rounds: Number(values.rounds ?? 5),
    promptTokens: Number(values['prompt-tokens'] ?? 512),
    decodeTokens: Number(values['decode-tokens'] ?? 128),
  };
  const threads = list(values.threads, [...new Set([1, availableParallelism()])].join(',')).map(Number);
  const figures: Record<string, unknown> = { ...size };
  for (const name of list(values.models, '100m-q4_0,100m-q8_0,1b-q4_0,1b-q8_0')) {
    const model = await modelFile(name);
    for (const count of threads) {
      for (const backend of list(values.backends, 'native,js')) {
        if (backend !== 'native' && backend !== 'js') throw new Error('--backends are native and js');
        process.stderr.write(`${name}, ${count} threads, ${backend} …\n`);
        figures[`${name} ${count} threads ${backend}`] = await compare(model, count, backend, size);
      }
    }
  }
  return figures;
}

/** Made once; the name says shape and type. */
async function modelFile(name: string): Promise<string> {
  const path = join(folder, `${name}.gguf`);
  if (existsSync(path)) return path;
  const [shapeName = '', typeName] = name.split('-');
  const shape = Object.entries(shapes).find(([each]) => each === shapeName)?.[1];
  const type = (['f16', 'q8_0', 'q4_0'] as const).find((each) => each === typeName);
  if (!shape || !type) throw new Error(`${name} is not a shape and a type, as in 100m-q4_0`);
  mkdirSync(folder, { recursive: true });
  await writeRandomModel(`${path}.part`, shape, type, 1);
  renameSync(`${path}.part`, path);
  return path;
}

type Size = { rounds: number; promptTokens: number; decodeTokens: number };

async function compare(path: string, threads: number, backend: 'native' | 'js', size: Size): Promise<Record<string, unknown>> {
  const bare = await BareLoop.start(path, threads, streams, Math.max(size.promptTokens, size.decodeTokens + 16));
  const worker = new WorkerHost<EngineProtocol>('inference');
  await worker.start();
  try {
    const load = { modelId: 'bench', path, contextSize, sequences: streams, purpose: 'generate', threads, backend } as const;
    await worker.link.call('load', load);
    return await new Comparison(bare, worker, size).run();
  } finally {
    bare.stop();
    await worker.stop();
  }
}

class Comparison {
  readonly #bare: BareLoop;
  readonly #worker: WorkerHost<EngineProtocol>;
  readonly #size: Size;
  readonly #prompts: MeasuringPrompts;

  constructor(bare: BareLoop, worker: WorkerHost<EngineProtocol>, size: Size) {
    this.#bare = bare;
    this.#worker = worker;
    this.#size = size;
    this.#prompts = new MeasuringPrompts(async (text) => (await worker.link.call('countTokens', { modelId: 'bench', text })).tokens);
  }

  async run(): Promise<Record<string, unknown>> {
    const { rounds, promptTokens, decodeTokens } = this.#size;
    const pairs: Record<'prefill' | 'decode' | 'eight', { engine: number; bare: number }[]> = { prefill: [], decode: [], eight: [] };
    const constrained: number[] = [];
    const besidePrompt: number[] = [];
    const cancelMs: number[] = [];
    await this.#generate('Warm up', 8);
    for (let round = 0; round < rounds; round++) {
      const bareRead = await this.#bare.prefill(promptTokens);
      const read = await this.#generate(await this.#prompts.fresh(promptTokens), 1);
      pairs.prefill.push({ engine: read.promptTokens / seconds(read.firstTokenMs), bare: promptTokens / bareRead.all });

      const bareOne = await this.#bare.decode(1, decodeTokens);
      const one = await this.#generate(await this.#prompts.fresh(8), decodeTokens);
      pairs.decode.push({ engine: speed(one), bare: (decodeTokens - 1) / (bareOne.all - bareOne.first) });

      const bareEight = await this.#bare.decode(streams, decodeTokens);
      const { all } = await this.#sideBySide(streams);
      pairs.eight.push({ engine: all, bare: (streams * decodeTokens) / bareEight.all });

      constrained.push(speed(await this.#generate(await this.#prompts.fresh(8), decodeTokens, jsonText)) / speed(one));
      besidePrompt.push((await this.#sideBySide(streams - 1, true)).each / (await this.#sideBySide(streams - 1)).each);
      cancelMs.push(await this.#cancel());
    }
    const { residentBytes, loaded } = await this.#worker.link.call('status', {});
    const part = (name: keyof typeof pairs) => ({
      tokensPerSecond: statistics(pairs[name].map(({ engine }) => engine)).median,
      bare: statistics(pairs[name].map(({ bare }) => bare)).median,
      ratio: statistics(pairs[name].map(({ engine, bare }) => engine / bare)).median,
    });
    return {
      prefill: part('prefill'),
      decode: part('decode'),
      eightStreams: part('eight'),
      eightAgainstOneAfterAnother: statistics(pairs.eight.map(({ engine }, i) => engine / (pairs.decode[i]?.engine ?? Number.NaN))).median,
      constrainedSpeed: statistics(constrained).median,
      speedBesideLongPrompt: statistics(besidePrompt).median,
      cancelMs: statistics(cancelMs),
      residentMiB: Math.round(residentBytes / 2 ** 20),
      loadMs: loaded[0]?.loadMs,
    };
  }

  #generate(text: string, maxTokens: number, more: Partial<GenerateParams> = {}, signal?: AbortSignal): Promise<GenerateResult> {
    const params = { modelId: 'bench', prompt: { kind: 'raw', text }, maxTokens, temperature: 0, timeoutMs: 3_600_000, ...more } as const;
    return this.#worker.link.call('generate', params, { onEvent: () => undefined, ...(signal ? { signal } : {}) });
  }

  /** Tokens per second of `count` requests, all together and of the one in the middle; with `prompt` while a long prompt is read. */
  async #sideBySide(count: number, prompt = false): Promise<{ all: number; each: number }> {
    const texts: string[] = [];
    for (let i = 0; i < count; i++) texts.push(await this.#prompts.fresh(8));
    const long = prompt ? await this.#prompts.fresh(longPrompt) : '';
    const abort = new AbortController();
    const started = performance.now();
    const running = Promise.all(texts.map((text) => this.#generate(text, this.#size.decodeTokens)));
    const reading = prompt ? this.#generate(long, 1, {}, abort.signal).catch(() => null) : null;
    const results = await running;
    const elapsed = (performance.now() - started) / 1000;
    abort.abort();
    await reading;
    return { all: results.reduce((sum, { outputTokens }) => sum + outputTokens, 0) / elapsed, each: statistics(results.map(speed)).median };
  }

  /** From the cancel of a long prompt until the place is free again. */
  async #cancel(): Promise<number> {
    const abort = new AbortController();
    const running = this.#generate(await this.#prompts.fresh(longPrompt), 1, {}, abort.signal).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    abort.abort();
    await running;
    for (;;) {
      const { active, queued } = await this.#worker.link.call('status', {});
      if (active + queued === 0) return performance.now() - started;
    }
  }
}

/** One text that is longer than what is measured. */
const jsonText: Partial<GenerateParams> = { jsonSchema: { type: 'object', properties: { text: { type: 'string', minLength: 1500 } } } };

function speed({ outputTokens, durationMs, firstTokenMs }: GenerateResult): number {
  return (outputTokens - 1) / seconds(durationMs - (firstTokenMs ?? 0));
}

function seconds(ms: number | null): number {
  return Math.max(0.5, ms ?? Number.NaN) / 1000;
}
