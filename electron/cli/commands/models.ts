import { basename, resolve } from 'node:path';
import type { Model, ModelImportEvent } from '../../core/contract/models.ts';
import { AppError } from '../../core/errors.ts';
import type { Command } from '../command.ts';

const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

export const modelsImport: Command = {
  area: 'models',
  verb: 'import',
  usage: 'FILE [--link]',
  summary: 'Check a GGUF model file, hash it and copy it beside the vault (--link: use it where it lies).',
  options: { link: { type: 'boolean' } },
  positionals: [1, 1],
  async run({ args, values, signal, progress, withVault }) {
    const path = resolve(args[0] ?? '');
    const mode = values['link'] === true ? 'link' : 'copy';
    return withVault(async ({ client }) => {
      const events = await client.models.import({ name: basename(path), source: { kind: 'path', path }, mode }, { signal });
      const { model, duplicate } = await follow(events, progress);
      const how = duplicate ? 'This model is here already' : mode === 'link' ? 'Linked' : 'Imported';
      return { json: { model, duplicate }, text: `${how}: ${describe(model)}\nSHA-256 ${model.sha256}` };
    });
  },
};

export const modelsList: Command = {
  area: 'models',
  verb: 'list',
  usage: '',
  summary: 'List the models of this vault.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const models = await client.models.list();
      return {
        json: models,
        text:
          models.map((model) => `${model.isDefault ? '*' : ' '} ${describe(model)}`).join('\n') ||
          'No models. Import one with: redoubt models import FILE',
      };
    }),
};

/** Passes progress on in steps of a tenth; answers the last event. */
async function follow(
  events: AsyncIterable<ModelImportEvent>,
  progress: (line: string) => void,
): Promise<Extract<ModelImportEvent, { type: 'done' }>> {
  let shown = '';
  for await (const event of events) {
    if (event.type === 'done') return event;
    if (event.type !== 'progress') continue;
    const step = `${event.stage} ${Math.floor((event.bytes / event.totalBytes) * 10) * 10} %`;
    if (step !== shown) progress(`${step} of ${mib(event.totalBytes)}`);
    shown = step;
  }
  throw new AppError('models/import-incomplete', 'The import ended without a result. Nothing was imported; try again.');
}

function describe(model: Model): string {
  const kind = model.label === 'test' ? ' [test model, output is noise]' : model.label === 'demonstration' ? ' [demonstration model]' : '';
  const memory = model.memory.fits
    ? 'fits in memory'
    : `needs ${mib(model.memory.requiredBytes)}, ${mib(model.memory.availableBytes)} free`;
  const trouble = model.load.error ? `; ${model.load.error.message}` : '';
  return `${model.displayName}${kind}, ${model.architecture} ${model.quantisation}, ${mib(model.fileSize)}, context ${model.contextLength ?? 'unknown'}, ${model.storage}, ${memory}${trouble}`;
}
