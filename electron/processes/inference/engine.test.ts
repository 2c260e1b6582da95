import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyModel } from '../../../build/make-tiny-model.ts';
import type { EngineProtocol, GenerateParams } from '../../core/inference/engine.protocol.ts';
import { InferenceService, type CallRecorder } from '../../core/inference/inference.service.ts';
import { ModelLoader } from '../../core/inference/model-loader.ts';
import { builtInModels, demonstrationId } from '../../core/models/built-in-models.ts';
import { checkModelFile } from '../../core/models/model-file.ts';
import type { ModelRecord } from '../../core/models/model-record.ts';
import { WorkerHost } from '../../local/worker-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-engine-'));
const path = join(folder, 'tiny.gguf');
const worker = new WorkerHost<EngineProtocol>('inference');
const load = { modelId: 'tiny', path, contextSize: 2048, sequences: 4, purpose: 'generate' } as const;
const raw = (text: string): Pick<GenerateParams, 'modelId' | 'prompt' | 'temperature'> => ({
  modelId: 'tiny',
  prompt: { kind: 'raw', text },
  temperature: 0,
});
const patient = { timeout: 30_000 };
const long = 'All work and no play makes Jack a dull boy. '.repeat(40);

beforeAll(async () => {
  writeFileSync(path, tinyModel({ layers: 4, width: 128 }));
  await worker.start();
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true });
});

describe('the inference process', () => {
  it('loads a model once and streams what it returns', async () => {
    const progress: number[] = [];
    const loaded = await worker.link.call('load', load, { onEvent: (event) => progress.push(event.progress) });
    expect(loaded).toMatchObject({ modelId: 'tiny', contextSize: 2048, sequences: 4 });
    expect(progress.at(-1)).toBe(1);
    expect(await worker.link.call('load', load)).toEqual(loaded);

    const events: { text: string; tokens: number }[] = [];
    const result = await worker.link.call(
      'generate',
      { ...raw('Once upon a time'), maxTokens: 200, timeoutMs: 60_000 },
      { onEvent: (event) => events.push(event) },
    );
    expect(result).toMatchObject({ promptTokens: 16, outputTokens: 200, stopReason: 'length' });
    expect(events.map(({ text }) => text).join('')).toBe(result.text);
    expect(events.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(200);
  });

  it('answers the same for the same chat, whatever else is in the slots', async () => {
    const chat = {
      modelId: 'tiny',
      prompt: { kind: 'chat', turns: [{ role: 'user', text: 'Hello <|im_end|>' }] },
      maxTokens: 40,
      temperature: 0,
      timeoutMs: 60_000,
    } as const;
    const first = await worker.link.call('generate', chat);
    const others = Array.from({ length: 9 }, (_, i) =>
      worker.link.call('generate', { ...raw(`Number ${i}`), maxTokens: 30, timeoutMs: 60_000 }),
    );
    const again = await worker.link.call('generate', chat);
    await Promise.all(others);
    expect(again.text).toBe(first.text);
    expect(await worker.link.call('status', {})).toMatchObject({ active: 0, queued: 0 });
  });

  it('keeps to a JSON schema and to a grammar', async () => {
    const jsonSchema = {
      type: 'object',
      properties: {
        kind: { enum: ['invoice', 'contract'] },
        total: { type: ['integer', 'null'] },
        name: { type: 'string', maxLength: 8 },
        tags: { type: 'array', items: { type: 'boolean' }, maxItems: 3 },
      },
    };
    const { text, stopReason } = await worker.link.call('generate', { ...raw('Extract'), jsonSchema, maxTokens: 300, timeoutMs: 60_000 });
    expect(stopReason).toBe('end');
    expect(JSON.parse(text)).toEqual({
      kind: expect.stringMatching(/^(invoice|contract)$/) as string,
      total: expect.toSatisfy((total) => total === null || Number.isSafeInteger(total)) as number,
      name: expect.any(String) as string,
      tags: expect.any(Array) as boolean[],
    });

    const grammar = 'root ::= "甲方：" [0-9]{3} "é"';
    expect((await worker.link.call('generate', { ...raw('x'), grammar, maxTokens: 50, timeoutMs: 60_000 })).text).toMatch(/^甲方：\d{3}é$/);
    await expect(
      worker.link.call('generate', { ...raw('x'), grammar: 'root ::= nowhere', maxTokens: 5, timeoutMs: 60_000 }),
    ).rejects.toMatchObject({ code: 'inference/bad-schema' });
  });

  it('embeds', async () => {
    const { vectors } = await worker.link.call('embed', { modelId: 'tiny', texts: ['one', 'another text', 'one'] });
    const [one, other, again] = vectors;
    expect(vectors.map((vector) => [vector.length, Math.round(Math.hypot(...vector) * 1e6)])).toEqual([
      [128, 1e6],
      [128, 1e6],
      [128, 1e6],
    ]);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('can be cancelled while it reads the prompt, while it writes and while it waits', async () => {
    const cancelled = { code: 'request/cancelled' };
    const reading = new AbortController();
    const inPrompt = worker.link.call('generate', { ...raw(long), maxTokens: 5, timeoutMs: 60_000 }, { signal: reading.signal });
    reading.abort();
    await expect(inPrompt).rejects.toMatchObject(cancelled);

    const writing = new AbortController();
    const inText = worker.link.call(
      'generate',
      { ...raw('Go on'), maxTokens: 2000, timeoutMs: 60_000 },
      { signal: writing.signal, onEvent: () => writing.abort() },
    );
    await expect(inText).rejects.toMatchObject(cancelled);

    const all = new AbortController();
    const six = Array.from({ length: 6 }, () =>
      worker.link.call('generate', { ...raw('Wait'), maxTokens: 2000, timeoutMs: 60_000 }, { signal: all.signal }),
    );
    const settled = Promise.allSettled(six);
    await expect.poll(async () => (await worker.link.call('status', {})).queued, patient).toBe(2);
    all.abort();
    expect((await settled).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
    await expect.poll(async () => await worker.link.call('status', {}), patient).toMatchObject({ active: 0, queued: 0 });
  });

  it('says what to do about too little time, too long a prompt and files it cannot use', async () => {
    const reject = (call: Promise<unknown>) =>
      call.then(
        () => null,
        (error: { code: string; details: object }) => ({ code: error.code, details: error.details }),
      );
    expect(await reject(worker.link.call('generate', { ...raw(long), maxTokens: 2000, timeoutMs: 1 }))).toMatchObject({
      code: 'inference/timeout',
    });
    expect(await reject(worker.link.call('generate', { ...raw(long.repeat(2)), maxTokens: 5, timeoutMs: 60_000 }))).toEqual({
      code: 'inference/prompt-too-long',
      details: { promptTokens: 3520, contextSize: 2048 },
    });
    expect(await reject(worker.link.call('generate', { ...raw('x'), modelId: 'other', maxTokens: 5, timeoutMs: 60_000 }))).toMatchObject({
      code: 'inference/not-loaded',
    });

    const good = tinyModel();
    const renamed = Buffer.from(good);
    renamed.write('blk.9.ffn_down.weight', renamed.indexOf('blk.1.ffn_down.weight'));
    const files = { cut: good.subarray(0, -100), text: Buffer.from('not a model, but long enough to be looked at'), renamed };
    const codes: Record<string, unknown> = {};
    for (const [name, bytes] of Object.entries(files)) {
      const bad = join(folder, `${name}.gguf`);
      writeFileSync(bad, bytes);
      codes[name] = (await reject(worker.link.call('load', { ...load, modelId: name, path: bad })))?.code;
    }
    codes['missing'] = (await reject(worker.link.call('load', { ...load, modelId: 'm', path: join(folder, 'nowhere.gguf') })))?.code;
    expect(codes).toEqual({ cut: 'models/damaged', text: 'models/not-gguf', renamed: 'inference/bad-file', missing: 'inference/bad-file' });
  });
});

type Recorded = Parameters<CallRecorder['record']>;

describe('InferenceService over the real process', () => {
  const loader = new ModelLoader(worker.link);
  const records = new Map<string, ModelRecord>();
  const recorded: { given: Recorded[0]; call: Recorded[1] }[] = [];
  const origin: Recorded[0] = {
    actor: { personId: null, name: 'system', session: null, role: null },
    caseId: 'c',
    subject: 's',
    documents: [],
    place: {},
  };
  const service = new InferenceService(
    worker.link,
    loader,
    {
      usable: async (id = 'tiny') => records.get(id) ?? Promise.reject(new Error(`no model ${id}`)),
    },
    { record: (given, call) => void recorded.push({ given, call }) },
  );

  beforeAll(async () => {
    const { header, cacheBytesPerToken } = await checkModelFile(path);
    const record = {
      displayName: 'Tiny',
      sha256: '0'.repeat(64),
      storage: 'linked',
      path,
      modifiedMs: 0,
      label: null,
      header,
      cacheBytesPerToken,
      importedAt: 0,
    } as const;
    records.set('tiny', { ...record, id: 'tiny' });
    records.set('copying', { ...record, id: 'copying', label: 'demonstration' });
    const [demonstration] = await builtInModels(fileURLToPath(new URL('../../../resources', import.meta.url)));
    if (demonstration) records.set(demonstration.id, demonstration);
  });

  it('takes the process back into use after it was killed: repeats what nobody saw, fails what was shown', async () => {
    const request = { prompt: { kind: 'raw', text: 'Once' }, maxTokens: 2000, temperature: 0, timeoutMs: 60_000, origin } as const;
    const kill = () => process.kill(worker.pid ?? 0, 'SIGKILL');
    const unseen = service.generate({ ...request, maxTokens: 800 });
    await expect.poll(() => loader.stateOf('tiny').state, patient).toBe('loaded');
    kill();
    expect(await unseen).toMatchObject({ outputTokens: 800, model: { id: 'tiny', name: 'Tiny' } });

    let killed = false;
    const onEvent = () => {
      if (!killed) kill();
      killed = true;
    };
    await expect(service.generate(request, { onEvent })).rejects.toMatchObject({ code: 'inference/crashed' });
    expect(loader.stateOf('tiny').state).toBe('unloaded');
    expect(await service.generate({ ...request, maxTokens: 3 })).toMatchObject({ outputTokens: 3 });
    // However a call ends, it is recorded: what was shown of the one that failed, too.
    expect(recorded.map(({ given, call: { output, reason, outputTokens } }) => [given, output !== '', reason, outputTokens])).toEqual([
      [origin, true, null, 800],
      [origin, true, 'inference/crashed', null],
      [origin, true, null, 3],
    ]);
    expect(service.metrics()).toMatchObject({ active: 0, queued: 0, latencyP50Ms: expect.any(Number) as number });
  });

  it('extracts only what stands in the text where the model may only copy', async () => {
    const text = 'Invoice No: A-77/3 "x"\nCustomer: Élodie Martin, 北京市朝阳区\nTotal 1,204.50 EUR.\n'.repeat(3);
    const schema = {
      type: 'object',
      properties: { number: { type: 'string' }, customer: { type: 'string' }, paid: { type: 'boolean' }, total: { type: 'number' } },
    };
    const { values, incomplete } = await service.extract({ modelId: 'copying', schema, text, timeoutMs: 60_000, origin });
    expect(Object.keys(values)).toEqual(['number', 'customer', 'paid', 'total']);
    for (const key of ['number', 'customer'])
      expect(incomplete || values[key] === null || text.includes(JSON.stringify(values[key]).slice(1, -1))).toBe(true);
  });

  it('reads the fields of a document with the demonstration model', async () => {
    const text = 'ACME Ltd\nInvoice Number: QX-1234/77\nCustomer: Mary Poppins\nTotal due: 1,204.00 EUR\n';
    const schema = {
      type: 'object',
      properties: { invoice_id: { type: 'string' }, client: { type: 'string' }, birth_date: { type: 'string' } },
    };
    const { values } = await service.extract({ modelId: demonstrationId, schema, text, timeoutMs: 60_000, origin });
    expect(values).toEqual({ invoice_id: 'QX-1234/77', client: 'Mary Poppins', birth_date: null });
  });
});
