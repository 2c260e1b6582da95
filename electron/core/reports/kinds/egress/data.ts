import { z } from 'zod';
import { timestamp } from '../../../contract/base.ts';
import { auditOutcome } from '../../../contract/audit.ts';

/** Ways by which something leaves the vault. */
export const channel = z.enum([
  'reports',
  'flows',
  'attestations',
  'people',
  'backups',
  'audit',
  'witness',
  'keys',
  'signing',
  'directory',
]);
export type Channel = z.infer<typeof channel>;

/** What no record inside the vault can prove. */
export const unproven = z.enum(['screen', 'originals', 'other-programs', 'clock', 'rolled-back', 'pruned', 'backup-copies']);
export type Unproven = z.infer<typeof unproven>;

export const egressData = z.strictObject({
  from: timestamp,
  to: timestamp,
  channels: z.array(
    z.strictObject({ channel, done: z.number().int(), failed: z.number().int(), denied: z.number().int(), lastAt: timestamp.nullable() }),
  ),
  entries: z.array(
    z.strictObject({
      sequence: z.number().int(),
      at: timestamp,
      channel,
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      outcome: auditOutcome,
    }),
  ),
  network: z.strictObject({
    directory: z.strictObject({ enabled: z.boolean(), url: z.string().nullable() }),
    /** Listening sockets of all processes of Redoubt; null where this system does not tell. */
    listening: z
      .array(z.strictObject({ protocol: z.enum(['tcp', 'udp']), address: z.string(), port: z.number().int(), loopback: z.boolean() }))
      .nullable(),
    /** Established connections to another machine, likewise. */
    connected: z.array(z.strictObject({ address: z.string(), port: z.number().int() })).nullable(),
    /** Folders that files are written to on schedule. */
    backupFolder: z.string().nullable(),
  }),
  unproven: z.array(unproven),
});
export type EgressData = z.infer<typeof egressData>;
