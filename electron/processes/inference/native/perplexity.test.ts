import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type Token } from 'node-llama-cpp';
import { afterAll, describe, expect, test } from 'vitest';
import type { EngineAddon } from './engine-addon.ts';
import { codeOf, testAddon } from './testing/addon.ts';
import { smallModel } from './testing/models.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));

describe.skipIf(built === null)('perplexity by the engine addon', () => {
  const addon = built as EngineAddon;
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is the mean surprise of the second halves, by the probabilities of node-llama-cpp', async () => {
    const path = join(folder, 'model.gguf');
    writeFileSync(path, smallModel());
    const model = await addon.loadModel({ path }).promise;
    const window = 300;
    const tokens = model.tokenize('the evidence of the other case was never found in the house '.repeat(40)).slice(0, 2 * window + 5);

    const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
    const theirs = await llama.loadModel({ modelPath: path, defaultContextFlashAttention: false });
    const sequence = (await theirs.createContext({ contextSize: 512, threads: 1 })).getSequence();
    const surprises: number[] = [];
    for (const start of [0, window]) {
      const part = Array.from(tokens.slice(start, start + window)) as Token[];
      await sequence.clearHistory();
      const options = { generateNext: { probabilities: true } } as const;
      const output = await sequence.controlledEvaluate(
        part.map((token, i) => (i >= window / 2 && i + 1 < window ? [token, options] : token)),
      );
      for (let i = window / 2; i + 1 < window; i++)
        surprises.push(-Math.log(output[i]?.next.probabilities?.get(part[i + 1] as Token) ?? Number.NaN));
    }
    const mean = surprises.reduce((sum, value) => sum + value, 0) / surprises.length;
    const progress: number[] = [];
    const measured = await model.perplexity(tokens, { threads: 1, window }, (fraction) => progress.push(fraction)).promise;
    expect(measured.tokens).toBe(2 * (window / 2 - 1));
    expect(Math.abs(measured.perplexity / Math.exp(mean) - 1)).toBeLessThan(2e-3);
    expect(measured.error).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(1);

    const task = model.perplexity(tokens, { threads: 1, window: 8 }, () => task.cancel());
    expect(await codeOf(() => task.promise)).toBe('engine/cancelled');
    expect(await codeOf(() => model.perplexity(tokens.slice(0, 20)))).toBe('engine/argument');
    await model.close();
    await llama.dispose();
  });
});
