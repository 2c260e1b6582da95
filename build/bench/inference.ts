import { fileURLToPath } from 'node:url';
import type { EngineProtocol, GenerateResult } from '../../electron/core/inference/engine.protocol.ts';
import { extractionPrompt } from '../../electron/core/inference/extraction-prompt.ts';
import { WorkerHost } from '../../electron/local/worker-host.ts';
import { statistics } from './statistics.ts';

const path = fileURLToPath(new URL('../../resources/models/redoubt-demonstration.gguf', import.meta.url));
const runs = 15;
const fields = ['invoice_id', 'client', 'birth_date', 'total', 'email', 'phone'];
const schema = { type: 'object', properties: Object.fromEntries(fields.map((name) => [name, { type: ['string', 'null'] }])) };
const text =
  'ACME Ltd\nInvoice Number: QX-1234/77\nCustomer: Mary Poppins\nTotal due: 1,204.00 EUR\nEmail: mary@example.com\nPhone: 0113 496 0172\n';

/** The demonstration model in its real process: loading, first token, speed, and what constraining the output costs. */
export async function inferenceBench(): Promise<Record<string, unknown>> {
  const loadMs: number[] = [];
  const { prompt, grammar = '' } = extractionPrompt({ label: 'demonstration' }, schema, text);
  const forms = { free: {}, schema: { jsonSchema: schema }, copying: { grammar } };
  const results: Record<keyof typeof forms | 'four', GenerateResult[]> = { free: [], schema: [], copying: [], four: [] };
  const fourTokensPerSecond: number[] = [];
  const request = { modelId: 'bench', prompt, maxTokens: 200, temperature: 0, timeoutMs: 60_000 } as const;
  const worker = new WorkerHost<EngineProtocol>('inference');
  await worker.start();
  try {
    for (let run = 0; run < 5; run++) {
      await worker.link.call('unload', { modelId: 'bench' });
      const loaded = await worker.link.call('load', { modelId: 'bench', path, contextSize: 512, sequences: 4, purpose: 'generate' });
      loadMs.push(loaded.loadMs);
    }
    for (let run = 0; run < runs; run++) {
      for (const form of ['free', 'schema', 'copying'] as const) {
        // A different beginning each time, so that nothing of the prompt is there already.
        const fresh = {
          ...prompt,
          text: prompt.kind === 'raw' ? prompt.text.replace('---\n', `---\n${run} ${form}\n`) : '',
        } as typeof prompt;
        results[form].push(await worker.link.call('generate', { ...request, prompt: fresh, ...forms[form] }));
      }
      const started = performance.now();
      const four = await Promise.all(Array.from({ length: 4 }, () => worker.link.call('generate', request)));
      results.four.push(...four);
      fourTokensPerSecond.push(four.reduce((sum, { outputTokens }) => sum + outputTokens, 0) / ((performance.now() - started) / 1000));
    }
    const { loaded } = await worker.link.call('status', {});
    const msPerToken = (form: keyof typeof forms) => statistics(results[form].map(decodeMs)).median;
    return {
      model: 'redoubt-demonstration.gguf',
      runs,
      gpu: loaded[0]?.gpu,
      threads: loaded[0]?.threads,
      loadMs: statistics(loadMs),
      firstTokenMs: statistics(results.free.map(({ firstTokenMs }) => firstTokenMs ?? 0)),
      tokensPerSecond: statistics(results.free.map((result) => 1000 / decodeMs(result))),
      tokensPerSecondFourRequests: statistics(fourTokensPerSecond),
      requestMs: statistics(results.free.map(({ durationMs }) => durationMs)),
      schemaMsPerToken: msPerToken('schema') - msPerToken('free'),
      copyingMsPerToken: msPerToken('copying') - msPerToken('free'),
    };
  } finally {
    await worker.stop();
  }
}

/** Milliseconds per output token after the first. */
function decodeMs({ durationMs, firstTokenMs, outputTokens }: GenerateResult): number {
  return Math.max(0.001, (durationMs - (firstTokenMs ?? 0)) / Math.max(1, outputTokens - 1));
}
