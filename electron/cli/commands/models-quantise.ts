import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { quantisedTypes, type EngineProtocol } from '../../core/inference/engine.protocol.ts';
import { WorkerHost } from '../../local/worker-host.ts';
import { UsageError, type Command } from '../command.ts';

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

export const modelsQuantise: Command = {
  area: 'models',
  verb: 'quantise',
  usage: `FILE OUT --type ${quantisedTypes.join('|')} [--again]`,
  summary: 'Write a GGUF model file with smaller weights (--again: from a file that is quantised already, at a loss).',
  options: { type: { type: 'string' }, again: { type: 'boolean' } },
  positionals: [2, 2],
  async run({ args, values, signal, progress }) {
    const [input, output] = args.map((path) => resolve(path)) as [string, string];
    const type = quantisedTypes.find((name) => name === String(values['type']).toUpperCase());
    if (!type) throw new UsageError(`--type is one of ${quantisedTypes.join(', ')}`);
    if (existsSync(output)) throw new UsageError('OUT is there already');
    const worker = new WorkerHost<EngineProtocol>('inference');
    await worker.start();
    try {
      let shown = -1;
      const onEvent = ({ finishedTensors, tensors }: EngineProtocol['quantise']['event']) => {
        const tenth = Math.floor((finishedTensors / tensors) * 10);
        if (tenth > shown) progress(`${tenth * 10} % of ${tensors} tensors`);
        shown = tenth;
      };
      const result = await worker.link.call('quantise', { input, output, type, again: values['again'] === true }, { signal, onEvent });
      const { tensorBytesBefore, tensorBytes, bitsPerWeight, warnings } = result;
      const text = `${type}: ${mib(tensorBytesBefore)} → ${mib(tensorBytes)}, ${bitsPerWeight.toFixed(2)} bits per weight`;
      return { json: { output, type, ...result, warnings: [...warnings] }, text: [text, ...warnings].join('\n') };
    } finally {
      await worker.stop();
    }
  },
};
