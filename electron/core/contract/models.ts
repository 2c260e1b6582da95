import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, errorShape, fileSource, fraction, id, query, sha256, timestamp } from './base.ts';

/** What our own check reads from a GGUF header before llama.cpp sees the file. */
export const modelHeader = z.object({
  formatVersion: z.number().int(),
  architecture: z.string(),
  name: z.string().nullable(),
  /** For example `Q4_K_M`, `Q8_0`, `F16`; from general.file_type, else from the tensors. */
  quantisation: z.string(),
  parameters: z.number().int(),
  contextLength: z.number().int().nullable(),
  embeddingLength: z.number().int().nullable(),
  layers: z.number().int().nullable(),
  vocabularySize: z.number().int().nullable(),
  hasChatTemplate: z.boolean(),
  /** Bytes. */
  fileSize: z.number().int(),
});
export type ModelHeader = z.infer<typeof modelHeader>;

/** Bytes this model needs at a context size, against what the machine has free now. */
export const memoryFit = z.object({
  contextSize: z.number().int(),
  modelBytes: z.number().int(),
  contextBytes: z.number().int(),
  requiredBytes: z.number().int(),
  availableBytes: z.number().int(),
  fits: z.boolean(),
});
export type MemoryFit = z.infer<typeof memoryFit>;

/** `test`: random weights, output is noise. `demonstration`: ships with Redoubt, for a first look only. */
export const modelLabel = z.enum(['test', 'demonstration']);
export const modelLoadState = z.enum(['unloaded', 'loading', 'loaded', 'failed']);

export const model = modelHeader.extend({
  id,
  displayName: z.string(),
  sha256,
  storage: z.enum(['copied', 'linked', 'built-in']),
  label: modelLabel.nullable(),
  importedAt: timestamp,
  isDefault: z.boolean(),
  memory: memoryFit,
  load: z.object({
    state: modelLoadState,
    progress: fraction,
    error: errorShape.nullable(),
    /** Whose loop runs it, and why not the native one; null while it is not loaded. */
    engine: z.object({ backend: z.enum(['native', 'js']), whyNotNative: z.string().nullable() }).nullable(),
  }),
});
export type Model = z.infer<typeof model>;

export const modelImportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), header: modelHeader, memory: memoryFit }),
  z.object({ type: z.literal('progress'), stage: z.enum(['hashing', 'copying']), bytes: z.number().int(), totalBytes: z.number().int() }),
  /** `duplicate`: this content was here already; `model` is the one that stays. */
  z.object({ type: z.literal('done'), model, duplicate: z.boolean() }),
]);
export type ModelImportEvent = z.infer<typeof modelImportEvent>;

export const modelsContract = {
  list: query('models.read').output(z.array(model)),
  /** Checks the header and streams progress; ends with `done`. Cancel by leaving the stream. */
  import: command('models.manage', 'models.import')
    .input(z.object({ name: z.string().min(1).max(255), source: fileSource, mode: z.enum(['copy', 'link']).default('copy') }))
    .output(eventIterator(modelImportEvent)),
  setDefault: command('models.manage', 'models.set-default').input(z.object({ id })).output(model),
  remove: command('models.manage', 'models.remove')
    .input(z.object({ id }))
    .output(z.object({ removed: z.literal(true) })),
  load: command('models.manage', 'models.load').input(z.object({ id })).output(model),
  unload: command('models.manage', 'models.unload').input(z.object({ id })).output(model),
  watch: query('models.read').output(eventIterator(z.object({ models: z.array(model) }))),
};
