import { z } from 'zod';
import { sha256, timestamp } from '../../../contract/base.ts';
import { auditOutcome } from '../../../contract/audit.ts';
import { model, modelHeader } from '../../../contract/models.ts';

export const modelData = z.strictObject({
  id: z.string(),
  /** Null: it was removed and only the audit log knows it. */
  card: z
    .strictObject({
      displayName: z.string(),
      sha256,
      storage: model.shape.storage,
      label: model.shape.label,
      importedAt: timestamp.nullable(),
      importedBy: z.string().nullable(),
      header: z.strictObject(modelHeader.shape),
    })
    .nullable(),
  sha256: sha256.nullable(),
  history: z.array(
    z.strictObject({
      sequence: z.number().int(),
      at: timestamp,
      actor: z.string(),
      action: z.string(),
      outcome: auditOutcome,
      sha256: sha256.nullable(),
    }),
  ),
  /** Other files that call themselves by the same name in their header. */
  versions: z.array(
    z.strictObject({ id: z.string(), displayName: z.string(), sha256, quantisation: z.string(), importedAt: timestamp.nullable() }),
  ),
  use: z.strictObject({
    runs: z.number().int(),
    steps: z.number().int(),
    failedSteps: z.number().int(),
    messages: z.number().int(),
    tokens: z.number().int(),
    first: timestamp.nullable(),
    last: timestamp.nullable(),
    /** `2026-11`, UTC. */
    months: z.array(z.strictObject({ month: z.string(), calls: z.number().int() })),
    nodeTypes: z.record(z.string(), z.number().int()),
  }),
});
export type ModelData = z.infer<typeof modelData>;
