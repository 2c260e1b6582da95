import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { getLlama } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../../../../build/make-tiny-model.ts';
import type { EngineAddon, EngineError, EngineModel } from './engine-addon.ts';
import { addonFile, codeOf, libraryFolder, testAddon } from './testing/addon.ts';
import { smallModel } from './testing/models.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
const tiny = join(folder, 'tiny.gguf');
const open: EngineModel[] = [];

describe.skipIf(built === null)('the engine addon', () => {
  const addon = built as EngineAddon;
  const load = async (path: string, vocabOnly = false): Promise<EngineModel> => {
    const model = await addon.loadModel({ path, vocabOnly }).promise;
    open.push(model);
    return model;
  };
  beforeAll(() => writeFileSync(tiny, tinyModel()));
  afterAll(async () => {
    await Promise.all(open.map((model) => model.close()));
    rmSync(folder, { recursive: true });
  });

  test.each(['bytes', 'merges', 'spm'] as const)('splits and joins text as node-llama-cpp does (%s)', async (vocabulary) => {
    const path = join(folder, `${vocabulary}.gguf`);
    writeFileSync(path, smallModel({ vocabulary }));
    const ours = await load(path, true);
    const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
    const theirs = await llama.loadModel({ modelPath: path, vocabOnly: true });
    const special = ['<|im_start|>', '<|im_end|>', '</s>', '<unk>', ' the', 'ing ', '案', '🔒', '\n', '<0x0A>'];
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...special));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, isSpecial) => {
        const text = pieces.join('');
        const tokens = ours.tokenize(text, isSpecial);
        const expected = theirs.tokenize(text, isSpecial);
        return (
          tokens.join() === expected.join() && ours.detokenize(tokens, isSpecial).toString() === theirs.detokenize(expected, isSpecial)
        );
      }),
      { numRuns: 2000 },
    );
    expect(ours.info().vocabularySize).toBe(theirs.fileInfo.metadata.tokenizer.ggml.tokens.length);
    await llama.dispose();
  });

  test('tells the model and its metadata', async () => {
    const model = await load(tiny);
    expect(model.info()).toMatchObject({
      architecture: 'llama',
      layers: 2,
      embeddingSize: 64,
      heads: 4,
      vocabularySize: 259,
      trainContext: 2048,
      vocabularyType: 'bpe',
      eos: 258,
      decoder: true,
      encoder: false,
      ranks: false,
      recurrent: false,
    });
    expect(model.metadata()['general.name']).toBe('Redoubt test model');
    expect([...model.endTokens()]).toContain(258);
    expect(addon.devices()).toEqual([expect.objectContaining({ kind: 'cpu' })]);
    expect(addon.release).toMatch(/^[\w.-]+$/);
  });

  test('loads with progress, and a cancelled load fails as cancelled', async () => {
    const seen: number[] = [];
    const model = await addon.loadModel({ path: tiny }, (fraction) => seen.push(fraction)).promise;
    await model.close();
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const task = addon.loadModel({ path: tiny });
    task.cancel();
    expect(await codeOf(() => task.promise)).toBe('engine/cancelled');
  });

  test('says why a file is refused, in the words of the library', async () => {
    const bad = join(folder, 'bad.gguf');
    writeFileSync(bad, tinyModel().slice(0, 20_000));
    const error = (await addon.loadModel({ path: bad }).promise.catch((reason: unknown) => reason)) as EngineError;
    expect(error.code).toBe('engine/load');
    expect(error.lines.join('\n')).toMatch(/tensor|data|file/);
    expect(await codeOf(() => addon.loadModel({ path: join(folder, 'none.gguf') }).promise)).toBe('engine/load');
    expect(await codeOf(() => addon.open({ folder }))).toBe('engine/already-open');
  });

  test('answers no call with a crash: wrong arguments, wrong objects, closed models', async () => {
    const model = await load(tiny);
    const closed = await load(tiny);
    await closed.close();
    await closed.close();
    const anything = fc.oneof(
      fc.anything(),
      fc.int32Array({ maxLength: 4 }),
      fc.constant(() => undefined),
      fc.constant(model),
    );
    const methods = ['info', 'metadata', 'endTokens', 'tokenize', 'detokenize', 'embed', 'rank', 'perplexity', 'loadAdapter'] as const;
    const functions = ['open', 'loadModel', 'quantise'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods, ...functions),
        anything,
        fc.array(anything, { maxLength: 4 }),
        async (name, self, args) => {
          const owner: object = (functions as readonly string[]).includes(name) ? addon : model;
          const method = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
          for (const target of [owner, self, closed]) {
            try {
              const result = Reflect.apply(method, target, args) as { promise?: Promise<unknown>; cancel?: () => void } | undefined;
              result?.cancel?.();
              await (result?.promise ?? result);
            } catch (error) {
              expect((error as EngineError).code).toMatch(/^engine\/(argument|closed|load|unsupported|cancelled|already-open)$/);
            }
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(await codeOf(() => closed.tokenize('a'))).toBe('engine/closed');
    expect(await codeOf(() => model.detokenize(Int32Array.of(259)))).toBe('engine/argument');
    expect(await codeOf(() => addon.loadModel({ path: `${tiny}\0` }))).toBe('engine/argument');
    const trap = { get path() { throw new RangeError('mine'); } }; // prettier-ignore
    expect(() => addon.loadModel(trap as never)).toThrow(RangeError);
  });

  test('frees what is closed while it works', async () => {
    const model = await load(tiny);
    const texts = Array.from({ length: 2000 }, (_, i) => model.tokenize(`text ${i} `.repeat(20)));
    const work = model.embed(texts, { threads: 1 });
    const outcome = codeOf(() => work.promise);
    await model.close();
    expect(await outcome).toBe('engine/closed');

    const residentAfter = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const one = await addon.loadModel({ path: tiny }).promise;
        await one.embed([one.tokenize('text')], { threads: 1 }).promise;
        await one.close();
      }
      return process.memoryUsage.rss();
    };
    const before = await residentAfter(20);
    expect((await residentAfter(60)) - before).toBeLessThan(16 * 2 ** 20);
  });

  test('prints nothing, and the process ends cleanly while a load and an embedding run', () => {
    const script = `
      const addon = require(${JSON.stringify(addonFile)});
      addon.open({ folder: ${JSON.stringify(libraryFolder)} });
      addon.loadModel({ path: '/dev/null' }).promise.catch(() => {});
      addon.loadModel({ path: ${JSON.stringify(tiny)} }).promise.then((model) => {
        model.embed(Array.from({ length: 5000 }, () => model.tokenize('text '.repeat(50)))).promise.catch(() => {});
        addon.loadModel({ path: ${JSON.stringify(tiny)} });
        setTimeout(() => process.exit(7), 20);
      });`;
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect({ status, signal, stdout, stderr }).toEqual({ status: 7, signal: null, stdout: '', stderr: '' });
  });
});
