import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { approvalClass, command, id, json, query, timestamp } from './base.ts';

export const approval = z.object({
  id,
  /** The call that waits, for example `reports.export`. */
  call: z.string(),
  class: approvalClass,
  /** What it was called with; passwords and the like are left out. */
  input: json,
  requestedBy: z.object({ id, userName: z.string(), displayName: z.string() }),
  requestedAt: timestamp,
  expiresAt: timestamp,
  /** `used`: the call was made. An approval serves for one call with exactly this input. */
  state: z.enum(['waiting', 'approved', 'refused', 'withdrawn', 'expired', 'used']),
  decidedBy: z.string().nullable(),
  decidedAt: timestamp.nullable(),
  comment: z.string(),
  /** May the person who asks decide it? Never the one who requested it. */
  mayDecide: z.boolean(),
  /** May the person who asks repeat the call now? */
  mayUse: z.boolean(),
});
export type Approval = z.infer<typeof approval>;

export const approvalsContract = {
  /** Newest first: one's own requests and those one may decide. */
  list: query('signed-in').output(z.array(approval)),
  decide: command('approvals.decide', 'approvals.decide')
    .input(z.object({ id, approved: z.boolean(), comment: z.string().max(500).default('') }))
    .output(approval),
  withdraw: command('signed-in', 'approvals.withdraw').input(z.object({ id })).output(approval),
  /** How many wait for this person: to decide, or to use. The present figures at once, then each change. */
  watch: query('signed-in').output(eventIterator(z.object({ toDecide: z.number().int(), toUse: z.number().int() }))),
};
