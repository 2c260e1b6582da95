import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGgufFileInfo } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../../../../build/make-tiny-model.ts';
import type { EngineAddon, QuantisedType } from './engine-addon.ts';
import { codeOf, testAddon } from './testing/addon.ts';

const built = testAddon();
const folder = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
const source = join(folder, 'source.gguf');

describe.skipIf(built === null)('quantising with the engine addon', () => {
  const addon = built as EngineAddon;
  beforeAll(() => writeFileSync(source, tinyModel({ width: 256, layers: 3 })));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['F16', 'Q8_0', 'Q6_K', 'Q5_K_M', 'Q4_K_M', 'Q4_0'] as const)('writes a smaller model that loads: %s', async (type) => {
    const output = join(folder, `${type}.gguf`);
    const progress: [number, number][] = [];
    const dry = await addon.quantise({ input: source, type, dryRun: true }).promise;
    const result = await addon.quantise({ input: source, output, type, threads: 1 }, (...step) => progress.push(step)).promise;
    expect(dry).toMatchObject({ tensorBytes: result.tensorBytes, bitsPerWeight: result.bitsPerWeight });
    expect(progress.at(-1)).toEqual([30, 30]);
    expect(Math.abs(statSync(output).size - result.tensorBytes)).toBeLessThan(64 * 1024);
    expect(result.tensorBytes).toBeLessThan(result.tensorBytesBefore * 0.55);

    const model = await addon.loadModel({ path: output, checkTensors: true }).promise;
    expect(model.info().fileType.replaceAll(' ', '')).toMatch(type.startsWith('Q') ? type.slice(0, 4) : 'F16');
    const original = await addon.loadModel({ path: source }).promise;
    const text = model.tokenize('The evidence was put under lock and key on Monday. '.repeat(40));
    const measure = async (of: typeof model) => (await of.perplexity(text, { threads: 1, window: 256 }).promise).perplexity;
    const [after, before] = [await measure(model), await measure(original)];
    expect(Math.abs(Math.log(after / before))).toBeLessThan(0.1);
    await Promise.all([model.close(), original.close()]);
  });

  test('Q8_0 blocks are what the format says', async () => {
    const output = join(folder, 'blocks.gguf');
    await addon.quantise({ input: source, output, type: 'Q8_0', threads: 2 }).promise;
    const name = 'blk.1.ffn_down.weight';
    const floats = await tensorBytes(source, name);
    const blocks = await tensorBytes(output, name);
    const values = new Float32Array(floats.buffer.slice(floats.byteOffset, floats.byteOffset + floats.byteLength));
    expect(blocks.length).toBe((values.length / 32) * 34);
    for (let block = 0; block < values.length / 32; block++) {
      const part = values.subarray(block * 32, block * 32 + 32);
      const scale = Math.fround(Math.max(...part.map(Math.abs)) / 127);
      const at = block * 34;
      expect(Math.abs(halfOf(blocks.readUInt16LE(at)) - scale)).toBeLessThanOrEqual(scale * 2 ** -11);
      const inverse = Math.fround(1 / scale);
      for (const [i, value] of part.entries()) {
        const scaled = Math.fround(value * inverse);
        // Halves are rounded away from zero, as roundf does.
        expect(blocks.readInt8(at + 2 + i)).toBe(Math.sign(scaled) * Math.round(Math.abs(scaled)) + 0);
      }
    }
  });

  test('refuses to overwrite; a cancel and an error leave nothing behind', async () => {
    const before = readFileSync(source);
    expect(await codeOf(() => addon.quantise({ input: source, output: source, type: 'Q8_0' }).promise)).toBe('engine/argument');
    expect(readFileSync(source).equals(before)).toBe(true);
    expect(await codeOf(() => addon.quantise({ input: source, output: 'x', type: 'Q9' as QuantisedType }))).toBe('engine/argument');

    const names = readdirSync(folder);
    const output = join(folder, 'cancelled.gguf');
    const task = addon.quantise({ input: source, output, type: 'Q4_K_M' }, (finished) => finished === 2 && task.cancel());
    expect(await codeOf(() => task.promise)).toBe('engine/cancelled');
    const requantised = addon.quantise({ input: join(folder, 'Q4_0.gguf'), output, type: 'Q8_0' });
    const error = await requantised.promise.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'engine/failed', message: expect.stringMatching(/requantizing/) });
    expect(existsSync(output)).toBe(false);
    expect(await codeOf(() => addon.quantise({ input: source, output: join(folder, 'no', 'way.gguf'), type: 'Q8_0' }).promise)).toBe(
      'engine/failed',
    );
    expect(readdirSync(folder)).toEqual(names);
  });
});

async function tensorBytes(file: string, name: string): Promise<Buffer> {
  const info = await readGgufFileInfo(file);
  const tensors = info.fullTensorInfo ?? [];
  const tensor = tensors.find((each) => each.name === name);
  if (!tensor) throw new Error(`no ${name}`);
  const starts = tensors.map((each) => Number(each.fileOffset)).toSorted((a, b) => a - b);
  const at = Number(tensor.fileOffset);
  const end = starts.find((start) => start > at) ?? statSync(file).size;
  return readFileSync(file).subarray(at, end);
}

function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
}
