import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyModel } from '../../../build/make-tiny-model.ts';
import { writeGguf, type MetadataEntry, type Tensor } from '../../../build/gguf-writer.ts';
import { AppError } from '../errors.ts';
import { bytesSource, type ByteSource } from './byte-cursor.ts';
import { readGgufHeader } from './gguf-header.ts';

const architecture: MetadataEntry = { key: 'general.architecture', type: 'text', value: 'llama' };
const tensor: Tensor = { name: 'token_embd.weight', shape: [32, 2], data: new Float32Array(64) };
const small = () => Buffer.from(writeGguf([architecture], [tensor]));
const read = (bytes: Uint8Array) => readGgufHeader(bytesSource(bytes));
const codeOf = (bytes: Uint8Array) =>
  read(bytes).then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? error.code : `bug: ${String(error)}`),
  );

/** Overwrites bytes of a copy of `bytes`. */
function patched(bytes: Uint8Array, at: number, patch: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(patch.subarray(0, Math.max(0, copy.length - at)), at);
  return copy;
}

function u64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}

describe('readGgufHeader', () => {
  it('describes a model', async () => {
    const bytes = tinyModel();
    expect(await read(bytes)).toEqual({
      header: {
        formatVersion: 3,
        architecture: 'llama',
        name: 'Redoubt test model',
        quantisation: 'F32',
        parameters: 115_392,
        contextLength: 2048,
        embeddingLength: 64,
        layers: 2,
        vocabularySize: 259,
        hasChatTemplate: true,
        fileSize: bytes.length,
      },
      label: 'test',
      cacheBytesPerToken: 2 * 4 * (16 + 16) * 2,
    });
  });

  it('names what is wrong with a file', async () => {
    const bytes = small();
    const nameAt = bytes.indexOf('token_embd.weight');
    const keyAt = bytes.indexOf('general.architecture');
    expect({
      empty: await codeOf(new Uint8Array(0)),
      notAModel: await codeOf(Buffer.from('%PDF-1.7 and so on, long enough')),
      bigEndian: await codeOf(patched(bytes, 4, Buffer.from([0, 0, 0, 3]))),
      versionOne: await codeOf(patched(bytes, 4, Buffer.from([1, 0, 0, 0]))),
      cutHeader: await codeOf(bytes.subarray(0, nameAt)),
      cutData: await codeOf(bytes.subarray(0, bytes.length - 4)),
      manyTensors: await codeOf(patched(bytes, 8, u64(2n ** 63n))),
      manyEntries: await codeOf(patched(bytes, 16, u64(2n ** 40n))),
      longKey: await codeOf(patched(bytes, keyAt - 8, u64(2n ** 64n - 1n))),
      unknownValueType: await codeOf(patched(bytes, keyAt + 20, Buffer.from([99]))),
      noDimensions: await codeOf(patched(bytes, nameAt + 17, Buffer.from([0]))),
      overflowingShape: await codeOf(patched(bytes, nameAt + 21, Buffer.concat([u64(2n ** 63n), u64(2n ** 63n)]))),
      unknownTensorType: await codeOf(patched(bytes, nameAt + 37, Buffer.from([5]))),
      offsetOutside: await codeOf(patched(bytes, nameAt + 41, u64(2n ** 40n))),
      nameTwice: await codeOf(writeGguf([architecture], [tensor, tensor])),
      keyTwice: await codeOf(writeGguf([architecture, architecture], [tensor])),
      noArchitecture: await codeOf(writeGguf([], [tensor])),
      tokenTwice: await codeOf(
        writeGguf([architecture, { key: 'tokenizer.ggml.tokens', type: 'texts', value: ['', 'a', '', 'a'] }], [tensor]),
      ),
      nulInName: await codeOf(patched(bytes, keyAt, Buffer.from([0]))),
      tooManyLayers: await codeOf(writeGguf([architecture, { key: 'llama.block_count', type: 'u32', value: 513 }], [tensor])),
      oddAlignment: await codeOf(writeGguf([architecture, { key: 'general.alignment', type: 'u32', value: 33 }], [tensor])),
    }).toEqual({
      empty: 'models/not-gguf',
      notAModel: 'models/not-gguf',
      bigEndian: 'models/unsupported-version',
      versionOne: 'models/unsupported-version',
      cutHeader: 'models/damaged',
      cutData: 'models/damaged',
      manyTensors: 'models/damaged',
      manyEntries: 'models/damaged',
      longKey: 'models/damaged',
      unknownValueType: 'models/damaged',
      noDimensions: 'models/damaged',
      overflowingShape: 'models/damaged',
      unknownTensorType: 'models/unsupported-version',
      offsetOutside: 'models/damaged',
      nameTwice: 'models/damaged',
      keyTwice: 'models/damaged',
      noArchitecture: 'models/damaged',
      tokenTwice: 'models/damaged',
      nulInName: 'models/damaged',
      tooManyLayers: 'models/damaged',
      oddAlignment: 'models/damaged',
    });
  });

  it('refuses a header that never ends before it has read it all', async () => {
    const list = Buffer.from(writeGguf([architecture, { key: 'endless', type: 'texts', value: [] }], []));
    const start = list.subarray(0, list.indexOf('endless') + 7 + 8);
    const elements = 2 ** 26;
    const head = Buffer.concat([start, u64(BigInt(elements))]);
    const endless: ByteSource = {
      size: head.length + elements * 8,
      read: async (offset, length) => Buffer.concat([head.subarray(offset), Buffer.alloc(length)]).subarray(0, length),
    };
    await expect(readGgufHeader(endless)).rejects.toMatchObject({ code: 'models/too-large' });
  });

  it('survives any mutation with an answer or a clear error, and never reads more than there is', async () => {
    const original = tinyModel({ width: 8, layers: 1 });
    const extremes = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n].map(u64);
    const position = fc.integer({ min: 0, max: original.length - 1 });
    const mutation = fc.oneof(
      fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 16 })),
      fc.tuple(position, fc.constantFrom(...extremes)),
      fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.constantFrom(...extremes)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.option(position), async (mutations, cutAt) => {
        let bytes: Buffer = Buffer.from(original);
        for (const [at, patch] of mutations) bytes = patched(bytes, at, patch);
        if (cutAt !== null) bytes = bytes.subarray(0, cutAt);
        let largest = 0;
        const source: ByteSource = {
          size: bytes.length,
          read: async (offset, length) => {
            largest = Math.max(largest, length);
            return bytes.subarray(offset, offset + length);
          },
        };
        const outcome = await readGgufHeader(source).catch((error: unknown) => error);
        if (outcome instanceof Error)
          expect(outcome).toMatchObject({ name: 'AppError', code: expect.stringMatching(/^models\//) as string });
        expect(largest).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 3_000 },
    );
  });
});
