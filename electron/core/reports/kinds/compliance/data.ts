import { z } from 'zod';
import { framework } from '../../../contract/attestations.ts';
import { json } from '../../../contract/base.ts';

export const complianceData = z.strictObject({
  framework,
  counts: z.strictObject({ met: z.number().int(), notMet: z.number().int(), customer: z.number().int() }),
  controls: z.array(
    z.strictObject({
      reference: z.string(),
      title: z.string(),
      status: z.enum(['met', 'not-met', 'customer']),
      /** What was found, for programs; the sections say it in words. */
      evidence: z.array(z.strictObject({ fact: z.string(), values: z.record(z.string(), json) })),
    }),
  ),
});
export type ComplianceData = z.infer<typeof complianceData>;
