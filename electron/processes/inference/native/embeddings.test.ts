import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type Llama } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineAddon } from './engine-addon.ts';
import { codeOf, testAddon } from './testing/addon.ts';
import { smallAdapter, smallModel } from './testing/models.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
// As node-llama-cpp computes without being told otherwise.
// Without flash attention, whose figures depend on the size of the batch.
const plain = { threads: 1, flashAttention: false } as const;
const texts = Array.from({ length: 45 }, (_, i) =>
  'the evidence of case number and the other '.repeat(1 + ((i * 7) % 20)).slice(0, 5 + i * 17),
);

describe.skipIf(built === null)('embeddings of the engine addon', () => {
  const addon = built as EngineAddon;
  let llama: Llama;
  const write = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const load = (path: string) => addon.loadModel({ path }).promise;
  beforeAll(async () => {
    llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
  });
  afterAll(async () => {
    await llama.dispose();
    rmSync(folder, { recursive: true });
  });

  test('are those of node-llama-cpp, in batches and one by one, and of length 1', async () => {
    const path = write('base.gguf', smallModel());
    const ours = await load(path);
    const tokens = texts.map((text) => ours.tokenize(text));
    const progress: number[] = [];
    const vectors = await ours.embed(tokens, plain, (finished) => progress.push(finished)).promise;
    expect(progress.at(-1)).toBe(texts.length);
    expect(progress.length).toBeLessThan(texts.length / 2);

    const context = await (
      await llama.loadModel({ modelPath: path, defaultContextFlashAttention: false })
    ).createEmbeddingContext({ contextSize: 2048, threads: 1 });
    for (const [i, text] of texts.entries()) {
      const theirs = (await context.getEmbeddingFor(text)).vector;
      const length = Math.hypot(...theirs);
      const [alone] = await ours.embed([tokens[i] as Int32Array], plain).promise;
      expect(Math.hypot(...(vectors[i] as Float32Array))).toBeCloseTo(1, 5);
      for (const [at, value] of theirs.entries()) {
        expect(Math.abs(value / length - (vectors[i]?.[at] ?? Number.NaN))).toBeLessThan(1e-5);
        expect(Math.abs(value / length - (alone?.[at] ?? Number.NaN))).toBeLessThan(1e-5);
      }
    }
    await ours.close();
  });

  test('pool as asked: the mean is the mean of the tokens, causal texts of any length fit', async () => {
    const model = await load(write('pool.gguf', smallModel()));
    const long = model.tokenize('evidence '.repeat(300));
    const prefixes = Array.from({ length: 6 }, (_, i) => long.slice(0, i + 1));
    const last = await model.embed(prefixes, { ...plain, normalise: false, pooling: 'last' }).promise;
    const [mean] = await model.embed([long.slice(0, 6)], { ...plain, normalise: false, pooling: 'mean' }).promise;
    const [first] = await model.embed([long.slice(0, 6)], { ...plain, normalise: false, pooling: 'cls' }).promise;
    const average = Array.from({ length: 64 }, (_, at) => last.reduce((sum, vector) => sum + (vector[at] ?? 0), 0) / 6);
    for (const [at, value] of average.entries()) expect(mean?.[at]).toBeCloseTo(value, 4);
    for (const [at, value] of (last[0] as Float32Array).entries()) expect(first?.[at]).toBeCloseTo(value, 4);
    const [whole] = await model.embed([long]).promise;
    expect(whole?.length).toBe(64);
    expect(await codeOf(() => model.embed([long], { contextSize: 100 }))).toBe('engine/argument');
    expect(await codeOf(() => model.embed([new Int32Array()]))).toBe('engine/argument');
    expect(await model.embed([]).promise).toEqual([]);
    await model.close();
  });

  test('ranks as node-llama-cpp does', async () => {
    const path = write('reranker.gguf', smallModel({ kind: 'reranker' }));
    const ours = await load(path);
    const theirs = await llama.loadModel({ modelPath: path, defaultContextFlashAttention: false });
    const context = await theirs.createRankingContext({ contextSize: 2048, threads: 1 });
    const query = 'who had the key';
    const parts = (text: string) => ['Query: ', query, ' Document: ', text];
    const inputs = texts.map((text) => Int32Array.from(parts(text).flatMap((part) => [...ours.tokenize(part, true)])));
    const scores = await ours.rank(inputs, plain).promise;
    expect(ours.info().ranks).toBe(true);
    for (const [i, text] of texts.entries()) {
      const [yes = Number.NaN, no = Number.NaN] = scores[i] ?? [];
      expect(yes + no).toBeCloseTo(1, 5);
      expect(Math.abs(yes - (await context.rank(query, text)))).toBeLessThan(1e-5);
    }
    const other = await load(write('other.gguf', smallModel()));
    expect(await codeOf(() => other.rank(inputs))).toBe('engine/unsupported');
    await Promise.all([ours.close(), other.close()]);
  });

  test('an adapter changes them as weights do that hold it; scale 0 and unloading undo it', async () => {
    const tensor = 'blk.0.ffn_down.weight';
    const { bytes, delta } = smallAdapter(tensor, 128, 64);
    const base = await load(write('lora-base.gguf', smallModel()));
    const merged = await load(write('lora-merged.gguf', smallModel({ change: { tensor, delta } })));
    const adapter = await base.loadAdapter(write('lora.gguf', bytes));
    const input = [base.tokenize('the evidence')];
    const embed = async (model: typeof base, scale?: number) =>
      (
        await model.embed(input, { ...plain, ...(scale === undefined ? {} : { adapters: [{ adapter, scale }] }) }).promise
      )[0] as Float32Array;
    const apart = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));
    const before = await embed(base);
    expect(apart(await embed(base, 1), before)).toBeGreaterThan(1e-3);
    expect(apart(await embed(base, 1), await embed(merged))).toBeLessThan(1e-5);
    expect(apart(await embed(base, 0), before)).toBeLessThan(1e-6);
    expect(apart(await embed(base), before)).toBe(0);

    expect(await codeOf(() => merged.embed(input, { adapters: [{ adapter }] }))).toBe('engine/argument');
    expect(await codeOf(() => base.loadAdapter(join(folder, 'lora-base.gguf')))).toBe('engine/load');
    expect(await codeOf(() => base.close())).toBe('engine/in-use');
    await adapter.close();
    expect(await codeOf(() => base.embed(input, { adapters: [{ adapter }] }))).toBe('engine/closed');
    await Promise.all([base.close(), merged.close()]);
  });

  test('a cancel ends them within a batch', async () => {
    const model = await load(write('cancel.gguf', smallModel()));
    const many = Array.from({ length: 4000 }, () => model.tokenize('the evidence of the case '.repeat(10)));
    const task = model.embed(many, { threads: 1 }, () => task.cancel());
    expect(await codeOf(() => task.promise)).toBe('engine/cancelled');
    expect(await model.embed(many.slice(0, 3)).promise).toHaveLength(3);
    await model.close();
  });
});
