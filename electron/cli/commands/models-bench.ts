import { resolve } from 'node:path';
import { UsageError, type Command, type CommandContext } from '../command.ts';
import { benchModel } from '../model-bench.ts';

export const modelsBench: Command = {
  area: 'models',
  verb: 'bench',
  usage: 'FILE [--threads N] [--context N] [--prompt-tokens N] [--decode-tokens N] [--backend native|js]',
  summary: 'Measure a GGUF model file on this machine: loading, reading, writing, first token, requests side by side, memory.',
  options: {
    threads: { type: 'string' },
    context: { type: 'string' },
    'prompt-tokens': { type: 'string' },
    'decode-tokens': { type: 'string' },
    backend: { type: 'string' },
  },
  positionals: [1, 1],
  async run({ args, values, progress }) {
    const promptTokens = number(values, 'prompt-tokens') ?? 512;
    const decodeTokens = number(values, 'decode-tokens') ?? 128;
    const backend = (['native', 'js'] as const).find((name) => name === values['backend']);
    if (values['backend'] !== undefined && !backend) throw new UsageError('--backend is native or js');
    const figures = await benchModel({
      path: resolve(args[0] ?? ''),
      contextSize: number(values, 'context') ?? promptTokens + decodeTokens + 64,
      promptTokens,
      decodeTokens,
      threads: number(values, 'threads'),
      backend,
      progress,
    });
    const { parallel } = figures;
    const text = [
      `${figures.backend} on ${figures.gpu}, ${figures.threads} threads; loaded in ${figures.loadMs} ms, ${figures.residentMiB} MiB in memory`,
      `reads ${figures.prefillTokensPerSecond} and writes ${figures.decodeTokensPerSecond} tokens/s`,
      `first token after ${figures.ttftColdMs} ms, after a known beginning ${figures.ttftPrefixMs} ms`,
      `side by side, all together: ${Object.entries(parallel)
        .map(([count, speed]) => `${count}: ${speed}`)
        .join(', ')} tokens/s`,
    ].join('\n');
    return { json: figures, text };
  },
};

function number(values: CommandContext['values'], name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^[1-9]\d{0,6}$/.test(value)) throw new UsageError(`--${name} is a number from 1`);
  return Number(value);
}
