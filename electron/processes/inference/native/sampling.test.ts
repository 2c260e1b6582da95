import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../../../../build/make-tiny-model.ts';
import type { EngineAddon, EngineModel } from './engine-addon.ts';
import type { SamplingOptions } from './engine-scheduler.ts';
import { testAddon } from './testing/addon.ts';
import { Generator } from './testing/generation.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
const path = join(folder, 'tiny.gguf');
const letters = 256;

describe.skipIf(built === null)('sampling', () => {
  const addon = built as EngineAddon;
  let model: EngineModel;
  let generator: Generator;
  let tokens: Int32Array;
  beforeAll(async () => {
    writeFileSync(path, tinyModel({ seed: 5 }));
    model = await addon.loadModel({ path }).promise;
    generator = await Generator.of(model, { slots: 4, contextPerSlot: 1024 });
    tokens = model.tokenize('The quick brown fox jumps over the lazy dog. ');
  });
  afterAll(async () => {
    await generator.scheduler.close();
    await model.close();
    rmSync(folder, { recursive: true });
  });
  const draw = async (sampling: SamplingOptions, maxTokens = 60) => (await generator.run({ tokens, maxTokens, sampling })).tokens;
  /** The distribution of the first token, from the logits that are told. */
  const distribution = async (count: number) => {
    const { probabilities } = await generator.run({ tokens, maxTokens: 1, probabilities: count });
    const [told] = probabilities;
    if (!told) throw new Error('no probabilities');
    return [...told.tokens].map((token, i) => ({
      token,
      logit: told.logits[i] ?? 0,
      p: Math.exp((told.logits[i] ?? 0) - (told.logSums[0] ?? 0)),
    }));
  };
  /** How often each token comes first, over `runs` seeds. */
  const first = async (sampling: SamplingOptions, runs: number) => {
    const counts = new Map<number, number>();
    const all = await Promise.all(
      Array.from({ length: runs }, (_, seed) => generator.run({ tokens, maxTokens: 1, sampling: { ...sampling, seed } })),
    );
    for (const { tokens: drawn } of all) counts.set(drawn[0] ?? -1, (counts.get(drawn[0] ?? -1) ?? 0) + 1);
    return counts;
  };

  test('tells the best tokens with their probabilities', async () => {
    const best = await distribution(100);
    expect(best.map(({ logit }) => logit)).toEqual(best.map(({ logit }) => logit).sort((a, b) => b - a));
    expect(best[0]?.token).toBe((await draw({}, 1))[0]);
    const sum = best.reduce((total, { p }) => total + p, 0);
    expect(sum).toBeGreaterThan(0.5);
    expect(sum).toBeLessThanOrEqual(1.0001);
  });

  test('draws by probability, the same with the same seed', async () => {
    const runs = 1500;
    const counts = await first({ temperature: 1 }, runs);
    for (const { token, p } of (await distribution(10)).slice(0, 5)) {
      const expected = p * runs;
      expect(Math.abs((counts.get(token) ?? 0) - expected)).toBeLessThan(5 * Math.sqrt(expected) + 3);
    }
    const sampling = { temperature: 1, topK: 40, topP: 0.95, seed: 42 };
    expect(await draw(sampling)).toEqual(await draw(sampling));
    expect(await draw(sampling)).not.toEqual(await draw({ ...sampling, seed: 43 }));
  });

  test('top-k, top-p, min-p and typical leave the tokens that their definitions name', async () => {
    const best = await distribution(100);
    const kept = async (sampling: SamplingOptions) => [...(await first({ temperature: 3, ...sampling }, 400)).keys()];
    const among = (allowed: readonly number[], drawn: readonly number[]) => drawn.every((token) => allowed.includes(token));
    const three = best.slice(0, 3).map(({ token }) => token);
    expect(new Set(await kept({ topK: 3 }))).toEqual(new Set(three));
    let sum = 0;
    const nucleus = best.filter(({ p }) => (sum += p) - p < 0.3).map(({ token }) => token);
    expect(among(nucleus, await kept({ topP: 0.3 }))).toBe(true);
    expect((await kept({ topP: 0.3 })).length).toBeGreaterThan(nucleus.length / 2);
    const strong = best.filter(({ p }) => p >= 0.5 * (best[0]?.p ?? 0)).map(({ token }) => token);
    expect(among(strong, await kept({ minP: 0.5 }))).toBe(true);
    expect(among(strong, await kept({ minP: 0.5, topP: 0.99 }))).toBe(true);
    expect((await kept({ typicalP: 0.05 })).length).toBeLessThan(best.length);
    for (const sampling of [{ topK: 1 }, { topP: 0 }, { minP: 1 }]) expect(await kept(sampling)).toEqual([best[0]?.token]);
  });

  test('bias forces and forbids tokens', async () => {
    expect(new Set(await draw({ logitBias: [{ token: 65, bias: 1000 }] }))).toEqual(new Set([65]));
    const [best] = await draw({}, 1);
    expect(await draw({ logitBias: [{ token: best ?? 0, bias: Number.NEGATIVE_INFINITY }] })).not.toContain(best);
    expect(await draw({ temperature: 2, logitBias: [{ token: best ?? 0, bias: Number.NEGATIVE_INFINITY }] })).not.toContain(best);
  });

  test('penalties keep tokens from coming again', async () => {
    const once = await draw({ presencePenalty: 100, penaltyLast: -1 }, 150);
    expect(new Set([...once, ...tokens]).size).toBe(once.length + new Set(tokens).size);
    const window = await draw({ presencePenalty: 100, penaltyLast: 8 }, 150);
    expect(window.every((token, i) => !window.slice(Math.max(0, i - 8), i).includes(token))).toBe(true);
    const counts = new Map<number, number>();
    for (const token of await draw({ frequencyPenalty: 50, penaltyLast: -1 }, 500)) counts.set(token, (counts.get(token) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(Math.ceil((500 + tokens.length) / letters) + 2);
    expect(await draw({ repeatPenalty: 1.5 })).not.toEqual(await draw({}));
  });

  test('DRY ends loops, but not over its breakers', async () => {
    const repeats = (drawn: readonly number[], length: number) => {
      const seen = new Set<string>();
      return drawn.some((_, i) => {
        if (i < length) return false;
        const run = drawn.slice(i - length, i).join();
        return seen.size === seen.add(run).size;
      });
    };
    const plain = await draw({}, 400);
    expect(repeats(plain, 8)).toBe(true);
    const dry = await draw({ dry: { multiplier: 10, breakers: [] } }, 400);
    expect(repeats(dry, 8)).toBe(false);
    // Only 64 characters may come, and each of them is a breaker.
    const some = { logitBias: Array.from({ length: letters - 64 }, (_, i) => ({ token: i + 64, bias: -1000 })) };
    const breakers = Array.from({ length: 63 }, (_, i) => String.fromCharCode(i + 1));
    const broken = await draw({ ...some, dry: { multiplier: 10, breakers: [...breakers, '\0'] } }, 200);
    expect(broken).toEqual(await draw(some, 200));
  });

  test('ends before a stop string, wherever tokens cut it', async () => {
    const whole = await generator.run({ tokens, maxTokens: 80 });
    for (const at of [0, 5, 40]) {
      // One token is one byte here, so every stop string of several crosses borders.
      const stop = whole.text.slice(at, at + 4);
      if (Buffer.from(stop, 'latin1').some((byte) => byte > 127)) continue;
      const stopped = await generator.run({ tokens, maxTokens: 80, stops: ['never this', stop] });
      expect(stopped.end.reason).toBe('stop');
      expect(stopped.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    }
    const held = await generator.run({ tokens, maxTokens: 20, stops: [`${whole.text.slice(16, 20)}not what comes`] });
    expect(held.text).toBe(whole.text.slice(0, 20));
  });

  test('a grammar holds greedily and by chance, with copies and their places', async () => {
    const gbnf = 'root ::= "{\\"n\\":" [0-9]{1,3} ",\\"quote\\":\\"" <copy:0:some> "\\"}"';
    const source = 'Paid on 3 May: "1,200" €\nSigned.';
    for (const sampling of [{}, { temperature: 1.5, seed: 9 }, { temperature: 1, topK: 5, seed: 4 }]) {
      const { text, end } = await generator.run({ tokens, maxTokens: 500, sampling, grammar: { gbnf, sources: [source] } });
      expect(end.reason).toBe('end');
      const value = JSON.parse(Buffer.from(text, 'latin1').toString()) as { n: number; quote: string };
      const [span] = end.spans ?? [];
      expect(source).toContain(value.quote);
      expect(Buffer.from(source).subarray(span?.begin, span?.end).toString()).toBe(value.quote);
    }
    const plain = await generator.run({ tokens, maxTokens: 200, grammar: { gbnf: 'root ::= [a-f]{100}' } });
    expect(plain.text).toMatch(/^[a-f]{100}$/);
    const guessed = await generator.run({ tokens, maxTokens: 200, grammar: { gbnf: 'root ::= [a-f]{100}' }, speculation: {} });
    expect(guessed.tokens).toEqual(plain.tokens);
  });
});
