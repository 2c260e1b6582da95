import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../../../../build/make-tiny-model.ts';
import type { EngineAddon, EngineModel } from './engine-addon.ts';
import type { SchedulerOptions } from './engine-scheduler.ts';
import { codeOf, testAddon } from './testing/addon.ts';
import { Generator, unexplained, type Generated } from './testing/generation.ts';
import { smallAdapter } from './testing/models.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
const path = join(folder, 'tiny.gguf');

/** A prompt of `length` tokens; equal seeds begin alike. */
const prompt = (length: number, seed = 1) => Int32Array.from({ length }, (_, i) => (i * 7 * seed + seed * 31 + ((i * i) % 13)) % 256);

describe.skipIf(built === null)('the scheduler', () => {
  const addon = built as EngineAddon;
  let model: EngineModel;
  const open: Generator[] = [];
  const generator = async (options: SchedulerOptions = {}) => {
    const made = await Generator.of(model, options);
    open.push(made);
    return made;
  };
  beforeAll(async () => {
    writeFileSync(path, tinyModel());
    model = await addon.loadModel({ path }).promise;
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.scheduler.close()));
    await model.close();
    rmSync(folder, { recursive: true });
  });

  test('chooses the tokens that node-llama-cpp chooses', async () => {
    const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
    const theirs = await llama.loadModel({ modelPath: path });
    const context = await theirs.createContext({ contextSize: 512, threads: 1 });
    const sequence = context.getSequence();
    const ours = await generator({ slots: 2 });
    for (const length of [1, 2, 17, 200]) {
      const tokens = prompt(length, length);
      await sequence.clearHistory();
      const expected: number[] = [];
      for await (const token of sequence.evaluate([...tokens] as Token[], { temperature: 0 })) if (expected.push(token) === 40) break;
      expect((await ours.run({ tokens, maxTokens: 40 })).tokens).toEqual(expected);
    }
    await llama.dispose();
  });

  describe.each([true, false])('with one pool of cells: %s', (unifiedCache) => {
    test('gives the same tokens alone and beside others, with and without the cache', async () => {
      const alone = await generator({ unifiedCache });
      const together = await generator({ slots: 6, batch: 64, unifiedCache });
      const prompts = Array.from({ length: 20 }, (_, i) => prompt(1 + ((i * 37) % 150), 1 + (i % 5)));
      const expected: Generated[] = [];
      for (const tokens of prompts) expected.push(await alone.run({ tokens, cachePrompt: false, probabilities: 2 }));
      let different = 0;
      for (let round = 0; round < 2; round++) {
        const all = await Promise.all(prompts.map((tokens) => together.run({ tokens })));
        expect(all.map(({ tokens }, i) => unexplained(expected[i]!, tokens))).toEqual(all.map(() => null));
        different += all.filter(({ tokens }, i) => tokens.join() !== expected[i]?.tokens.join()).length;
      }
      expect(different).toBeLessThanOrEqual(4);
      expect(together.scheduler.stats()).toMatchObject({ active: 0, queued: 0, completed: 40, failed: 0 });
      expect(together.scheduler.stats().cachedTokens).toBeGreaterThan(500);
    });

    test('copies a prefix from a slot that is at work', async () => {
      const both = await generator({ slots: 2, unifiedCache });
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const first = both.start({ tokens: prompt(120), maxTokens: 300 }, () => resolve());
      await begun;
      const second = await both.run({ tokens: Int32Array.from([...prompt(100), 5, 6, 7]) });
      both.scheduler.cancel(first.id);
      const { tokens } = await first.done;
      expect(second.end.cachedTokens).toBe(100);
      expect(both.scheduler.stats().copiedTokens).toBe(100);
      const alone = await generator({ unifiedCache });
      const again = await alone.run({ tokens: Int32Array.from([...prompt(100), 5, 6, 7]), probabilities: 2 });
      expect(unexplained(again, second.tokens)).toBe(null);
      const whole = await alone.run({ tokens: prompt(120), maxTokens: tokens.length, probabilities: 2 });
      expect(unexplained(whole, tokens)).toBe(null);
    });
  });

  test('streams whose neighbours ended move together without a change', async () => {
    const alone = await generator();
    const four = await generator({ slots: 5 });
    const lengths = [150, 10, 200, 12, 150];
    const all = await Promise.all(lengths.map((maxTokens, i) => four.run({ tokens: prompt(20 + i, i + 1), maxTokens })));
    for (const [i, maxTokens] of lengths.entries()) {
      const expected = await alone.run({ tokens: prompt(20 + i, i + 1), maxTokens, probabilities: 2 });
      expect(unexplained(expected, all[i]?.tokens ?? [])).toBe(null);
    }
  });

  test('goes on from a saved state as if it had never stopped, and refuses others', async () => {
    const before = await generator({ slots: 2, stateKey: 'tiny' });
    const tokens = prompt(90, 3);
    const expected = await before.run({ tokens, probabilities: 2 });
    const state = await before.scheduler.saveState(tokens);
    const after = await generator({ slots: 2, stateKey: 'tiny' });
    expect([...(await after.scheduler.restoreState(state))]).toEqual([...tokens]);
    const longer = Int32Array.from([...tokens, ...expected.tokens.slice(0, 4)]);
    const generated = await after.run({ tokens: longer, maxTokens: 20 });
    expect(unexplained(expected, [...expected.tokens.slice(0, 4), ...generated.tokens])).toBe(null);
    expect(generated.end.cachedTokens).toBe(90);
    const other = await generator({ slots: 2, stateKey: 'other' });
    expect(await codeOf(() => other.scheduler.restoreState(state))).toBe('engine/state');
    for (const bad of [
      new Uint8Array(),
      state.subarray(0, 20),
      state.subarray(0, state.length - 100),
      Buffer.concat([state, Buffer.alloc(9)]),
    ])
      expect(await codeOf(() => after.scheduler.restoreState(bad))).toBe('engine/state');
    expect(unexplained(expected, (await after.run({ tokens })).tokens)).toBe(null);
  });

  test('a state restored right after a copied prefix spoils neither', async () => {
    const alone = await generator({ slots: 2, stateKey: 'tiny' });
    const saved = await alone.scheduler.saveState(prompt(60, 9));
    const both = await generator({ slots: 2, stateKey: 'tiny' });
    await both.run({ tokens: prompt(100) });
    // Shares less than it would lose, so its prefix is copied; it ends before any step was made.
    const copied = both.start({ tokens: Int32Array.from([...prompt(40), 1, 2, 3]), deadlineMs: 0 });
    await both.scheduler.restoreState(saved);
    await copied.done;
    for (const tokens of [Int32Array.from([...prompt(60, 9), 7]), Int32Array.from([...prompt(40), 1, 2, 3]), prompt(100)]) {
      const expected = await alone.run({ tokens, cachePrompt: false, probabilities: 2 });
      expect(unexplained(expected, (await both.run({ tokens })).tokens)).toBe(null);
    }
  });

  test('higher priorities get a slot first, equal ones in order', async () => {
    const one = await generator();
    const asked = [0, 0, 5, 1, 5, -1].map((priority) => one.start({ tokens: prompt(60), maxTokens: 8, priority }));
    await Promise.all(asked.map(({ done }) => done));
    // The first has begun before the others came, or waits like them.
    expect([
      [1, 3, 5, 4, 2, 6],
      [3, 5, 4, 1, 2, 6],
    ]).toContainEqual(one.ended);
  });

  test('deadlines and cancels end requests that wait, read or write', async () => {
    const one = await generator({ contextPerSlot: 2048 });
    const asked = (more: object) => one.start({ tokens: prompt(400), maxTokens: 1600, ...more });
    const first = asked({ deadlineMs: 60 });
    const second = asked({ deadlineMs: 1 });
    const third = asked({});
    one.scheduler.cancel(third.id);
    const ends = await Promise.all([first, second, third].map(({ done }) => done));
    expect(ends.map(({ end }) => end.reason)).toEqual(['deadline', 'deadline', 'cancelled']);
    expect((await one.run({ tokens: prompt(400) })).end.reason).toBe('length');
  });

  test('a storm of 1,000 cancelled requests leaves nothing behind', async () => {
    const many = await generator({ slots: 4, contextPerSlot: 256 });
    const storm = async (count: number, seed: number) => {
      const asked = Array.from({ length: count }, (_, i) =>
        many.start({ tokens: prompt(20 + ((i * seed) % 180), 1 + (i % 7)), maxTokens: 50 }),
      );
      for (const [i, { id }] of asked.entries()) {
        if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
        many.scheduler.cancel(id);
      }
      for (const { done } of asked) expect(['cancelled', 'length']).toContain((await done).end.reason);
    };
    await storm(500, 3);
    const before = process.memoryUsage.rss();
    await storm(500, 11);
    expect(process.memoryUsage.rss() - before).toBeLessThan(24 * 2 ** 20);
    expect(new Set(many.ended).size).toBe(1000);
    expect(many.scheduler.stats()).toMatchObject({ active: 0, queued: 0, failed: 0 });
    const alone = await generator();
    const expected = await alone.run({ tokens: prompt(150), probabilities: 2 });
    expect(unexplained(expected, (await many.run({ tokens: prompt(150) })).tokens)).toBe(null);
  });

  test('a full context ends the answer, or drops its older half', async () => {
    const one = await generator({ contextPerSlot: 64 });
    const full = await one.run({ tokens: prompt(40), maxTokens: 200 });
    expect(full.end).toMatchObject({ reason: 'length', outputTokens: 25 });
    const shifted = await one.run({ tokens: prompt(40), maxTokens: 200, contextShift: 8 });
    expect(shifted.end).toMatchObject({ reason: 'length', outputTokens: 200 });
    expect(shifted.tokens.slice(0, 25)).toEqual(full.tokens);
    expect(one.scheduler.stats().shifts).toBeGreaterThan(5);
    expect(await codeOf(() => one.run({ tokens: prompt(65) }))).toBe('engine/argument');
  });

  test('requests with and without an adapter run side by side', async () => {
    const file = join(folder, 'adapter.gguf');
    writeFileSync(file, smallAdapter('output.weight', 64, 259).bytes);
    const adapter = await model.loadAdapter(file);
    const use = [{ adapter, scale: 1 }];
    const alone = await generator();
    const tokens = prompt(30);
    const plain = (await alone.run({ tokens })).tokens;
    const adapted = (await alone.run({ tokens, adapters: use })).tokens;
    expect(adapted).not.toEqual(plain);
    const together = await generator({ slots: 4 });
    const all = await Promise.all([[], use, [], use, [], use].map((adapters) => together.run({ tokens, adapters })));
    expect(all.map((each) => each.tokens)).toEqual([plain, adapted, plain, adapted, plain, adapted]);
    // What the cache keeps of it is let go with the cache.
    for (const each of [alone, together]) each.scheduler.clearCache();
    await adapter.close();
    expect((await alone.run({ tokens })).tokens).toEqual(plain);
  });

  test('guesses from the prompt change nothing but the number of steps', async () => {
    const one = await generator({ contextPerSlot: 1024 });
    for (const seed of [1, 2, 3]) {
      const tokens = prompt(40, seed);
      const plain = await one.run({ tokens, maxTokens: 300, probabilities: 2 });
      const guessed = await one.run({ tokens, maxTokens: 300, speculation: { maxDraft: 8 } });
      expect(unexplained(plain, guessed.tokens)).toBe(null);
      expect(guessed.end.draftedTokens).toBeGreaterThan(0);
    }
    expect(one.scheduler.stats().acceptedTokens).toBeGreaterThan(15);
  });

  test('what is no request is refused, and close ends the others', async () => {
    const one = await generator({ slots: 2 });
    const tokens = prompt(10);
    const refused: [object, string][] = [
      [{ tokens: new Int32Array() }, 'engine/argument'],
      [{ tokens: Int32Array.of(259) }, 'engine/argument'],
      [{ tokens, maxTokens: 0 }, 'engine/argument'],
      [{ tokens, sampling: { temperature: Number.NaN } }, 'engine/argument'],
      [{ tokens, sampling: { logitBias: [{ token: 300, bias: 1 }] } }, 'engine/argument'],
      [{ tokens, grammar: { gbnf: 'root ::= "' } }, 'grammar/syntax'],
    ];
    for (const [request, code] of refused) expect(await codeOf(() => one.run(request as { tokens: Int32Array }))).toBe(code);
    expect(await codeOf(() => model.createScheduler({ slots: 0 }, () => {}))).toBe('engine/argument');
    const running = one.start({ tokens, maxTokens: 400 });
    const waiting = [1, 2, 3].map(() => one.start({ tokens, maxTokens: 400 }));
    expect(await codeOf(() => model.close())).toBe('engine/in-use');
    const closed = one.scheduler.close();
    expect(await codeOf(() => one.scheduler.stats())).toBe('engine/closed');
    expect((await running.done).end.reason).toBe('cancelled');
    for (const { done } of waiting) expect((await done).end.reason).toBe('cancelled');
    await closed;
  });
});
