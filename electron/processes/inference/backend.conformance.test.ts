import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyModel } from '../../../build/make-tiny-model.ts';
import { uniforms } from '../../../build/random-model/random.ts';
import { shapes, writeRandomModel } from '../../../build/random-model/random-model.ts';
import type { GenerateParams } from '../../core/inference/engine.protocol.ts';
import type { HostedModel, InferenceBackend, LoadParams } from './backend.ts';
import { JsBackend } from './js/js-backend.ts';
import { openLlama, type OpenLlama } from './llama.ts';
import { NativeBackend } from './native/native-backend.ts';
import { NativeModel } from './native/native-model.ts';
import { openAddon } from './native/open-addon.ts';
import { randomSchemas, violation } from './testing/random-schemas.ts';
import { Rounding } from './testing/rounding.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-conformance-'));
/** Weights of full precision, so that little is put down to rounding. */
const exact: LoadParams = { modelId: 'm', path: join(folder, 'exact.gguf'), contextSize: 1536, sequences: 8, purpose: 'generate' };
/** A vocabulary of pieces of words. */
const wordy: LoadParams = { ...exact, path: join(folder, 'wordy.gguf') };
const never = new AbortController().signal;
const nothing = () => undefined;
const text = 'the house under the old tree stands where two rivers meet and nobody knows who built it first '.repeat(12);
const prompts = Array.from({ length: 16 }, (_, i) => `${i} ${text.slice(0, 4 + ((i * 97) % 900))}`);
const request = (prompt: string): GenerateParams => ({
  modelId: 'm',
  prompt: { kind: 'raw', text: prompt },
  maxTokens: 32,
  temperature: 0,
  timeoutMs: 600_000,
});

let open: OpenLlama;
const models = new Map<'js' | 'native', HostedModel>();
const wordyModels = new Map<'js' | 'native', HostedModel>();
const backends = new Map<'js' | 'native', InferenceBackend>();

beforeAll(async () => {
  writeFileSync(exact.path, tinyModel({ layers: 4, width: 128 }));
  await writeRandomModel(wordy.path, shapes.tiny, 'q8_0', 1);
  open = await openLlama();
  backends.set('js', new JsBackend(open));
  try {
    backends.set('native', new NativeBackend(open, openAddon(open.gpu)));
  } catch (error) {
    process.stderr.write(`The native engine is not there (${String(error)}): its part of the conformance suite is SKIPPED.\n`);
  }
  for (const [name, backend] of backends) {
    models.set(name, await backend.load(exact, never, nothing));
    wordyModels.set(name, await backend.load(wordy, never, nothing));
  }
}, 300_000);

afterAll(async () => {
  for (const model of [...models.values(), ...wordyModels.values()]) await model.dispose();
  await open.llama.dispose();
  rmSync(folder, { recursive: true });
}, 300_000);

/** The tokens of one answer. */
async function tokensOf(model: HostedModel, prompt: string): Promise<number[]> {
  const tokens: number[] = [];
  await model.generate(request(prompt), never, nothing, (some) => tokens.push(...Array.from(some)));
  return tokens;
}

async function oneByOne(model: HostedModel): Promise<number[][]> {
  const answers: number[][] = [];
  for (const prompt of prompts) answers.push(await tokensOf(model, prompt));
  return answers;
}

const together = (model: HostedModel) => Promise.all(prompts.map((prompt) => tokensOf(model, prompt)));

describe('both backends', () => {
  it('choose the same tokens: alone, with a kept beginning, side by side, after a state was saved and restored', async () => {
    const ways: { name: string; answers: number[][] }[] = [];
    for (const [name, model] of models) {
      ways.push({ name: `${name}, alone`, answers: await oneByOne(model) });
      ways.push({ name: `${name}, again`, answers: await oneByOne(model) });
      ways.push({ name: `${name}, side by side`, answers: await together(model) });
    }
    const native = models.get('native');
    if (native instanceof NativeModel) ways.push({ name: 'native, restored', answers: await afterRestore(native) });
    const [reference, ...others] = ways;
    const differences = others.flatMap(({ name, answers }) =>
      answers.flatMap((answer, i) => {
        const expected = reference?.answers[i] ?? [];
        expect(answer.length).toBe(expected.length);
        const at = answer.findIndex((token, k) => token !== expected[k]);
        return at < 0 ? [] : [{ name, i, at, before: expected.slice(0, at) }];
      }),
    );
    if (differences.length === 0) return;
    if (!(native instanceof NativeModel))
      throw new Error(`without the addon nobody can tell whether these are rounding: ${JSON.stringify(differences)}`);
    const rounding = new Rounding(native.model);
    const tokens = prompts.map((prompt) => native.model.tokenize(prompt));
    const limit = 2 * (await rounding.measure(tokens.slice(0, 8)));
    for (const { name, i, at, before } of differences) {
      const gap = await rounding.gap(Int32Array.from([...(tokens[i] ?? []), ...before]));
      expect({ name, i, at, gap: gap <= limit ? 'rounding' : gap, limit }).toEqual({ name, i, at, gap: 'rounding', limit });
    }
    process.stderr.write(
      `conformance: ${differences.length} of ${others.length * prompts.length} answers differ where the two best logits are closer than ${limit.toExponential(1)}\n`,
    );
  }, 600_000);

  it('give the same embeddings', async () => {
    const texts = ['one', text.slice(0, 400), 'another text', 'one'];
    const results: Float32Array[][] = [];
    for (const model of models.values()) results.push(await model.embed(texts, never));
    const [reference = [], ...others] = results;
    expect(reference[3]).toEqual(reference[0]);
    for (const vectors of others) {
      for (const [i, vector] of vectors.entries()) {
        const difference = Math.max(...vector.map((value, k) => Math.abs(value - (reference[i]?.[k] ?? 0))));
        expect(difference).toBeLessThan(1e-3);
      }
    }
  });

  it.each(['js', 'native'] as const)(
    '%s: keeps to 200 schemas with a model that writes noise, streamed as in the end',
    async (name) => {
      const model = wordyModels.get(name);
      if (!model) return;
      const schemas = randomSchemas(200, uniforms(7));
      const problems = await Promise.all(
        schemas.map(async (jsonSchema, i) => {
          let streamed = '';
          const params = { ...request(`${i}: `), jsonSchema, maxTokens: 1400, temperature: 0.8, seed: i };
          const answer = await model.generate(params, never, (event) => (streamed += event.text));
          if (streamed !== answer.text) return `${i}: streamed ${streamed}, returned ${answer.text}`;
          if (answer.stopReason !== 'end') return `${i}: ended by ${answer.stopReason}: ${answer.text}`;
          try {
            const wrong = violation(jsonSchema, JSON.parse(answer.text));
            return wrong && `${i}: ${wrong} in ${answer.text} for ${JSON.stringify(jsonSchema)}`;
          } catch {
            return `${i}: no JSON: ${answer.text}`;
          }
        }),
      );
      expect(problems.filter((problem) => problem !== null)).toEqual([]);
    },
    600_000,
  );

  it.each([
    ['js', 150],
    ['native', 1000],
  ] as const)(
    '%s: stands %i requests that are cancelled at random',
    async (name, count) => {
      const model = models.get(name);
      if (!model) return;
      const random = uniforms(3);
      const started: number[] = [];
      const outcome = await Promise.all(
        Array.from({ length: count }, async (_, i) => {
          const abort = new AbortController();
          const kept = i % 25 === 0;
          const params = { ...request(`${i % 7} all alike`), maxTokens: 12 };
          const running = model.generate(params, abort.signal, nothing, () => started.includes(i) || started.push(i));
          const settled = running.then(
            ({ outputTokens }) => outputTokens,
            (error: { code: string }) => error.code,
          );
          if (!kept) {
            await sleep(random() * count * 0.8);
            abort.abort();
          }
          return { kept, result: await settled };
        }),
      );
      expect(new Set(outcome.map(({ result }) => (typeof result === 'number' ? 'done' : result)))).toEqual(
        new Set(['done', 'request/cancelled']),
      );
      expect(outcome.filter(({ kept }) => kept).every(({ result }) => typeof result === 'number')).toBe(true);
      // First come, first served: nobody is overtaken by more than there are places.
      for (const [place, i] of started.entries())
        expect(started.slice(0, place).filter((other) => other > i).length).toBeLessThanOrEqual(8);
      expect(model.load()).toEqual({ active: 0, queued: 0 });
      expect(await tokensOf(model, prompts[3] ?? '')).toHaveLength(32);
    },
    600_000,
  );
});

/** In another copy of the model that has read nothing: each prompt but its last token is restored before it goes on. */
async function afterRestore(native: NativeModel): Promise<number[][]> {
  const other = await (backends.get('native') as NativeBackend).load(exact, never, nothing);
  try {
    const answers: number[][] = [];
    for (const prompt of prompts) {
      const tokens = [...native.model.tokenize(prompt)];
      const state = await native.requests?.saveState(tokens.slice(0, -1));
      expect(await other.requests?.restoreState(state ?? new Uint8Array())).toEqual(Int32Array.from(tokens.slice(0, -1)));
      answers.push(await tokensOf(other, prompt));
    }
    return answers;
  } finally {
    await other.dispose();
  }
}
