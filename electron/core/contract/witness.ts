import { z } from 'zod';
import { command, id, query, sha256, timestamp } from './base.ts';

const folder = z.string().min(1).max(4096);
/** A name as the signed-note format takes it: no spaces, no plus sign. */
export const witnessName = z.string().regex(/^[^\s+\p{C}]{1,80}$/u);
/** A public key in the form of a signed note's verifier: `name+key id+base64`. */
const noteKey = z.string().min(1).max(300);

/** What shows that this vault is not the one the witness saw. */
export const witnessAlarm = z.enum([
  /** The witness has seen a larger log: the vault was put back to an earlier state. */
  'older',
  /** The witness has seen other entries than those that are there. */
  'forked',
  /** The witness knows this log under another key. */
  'other-key',
]);
export type WitnessAlarm = z.infer<typeof witnessAlarm>;

export const witness = z.object({
  id,
  name: z.string(),
  key: noteKey,
  /** Where it was last reached directly; null for one on a second machine. */
  folder: z.string().nullable(),
  /** The folder is there now. */
  reachable: z.boolean(),
  addedAt: timestamp,
  /** The newest head that it cosigned, by its own clock. */
  last: z.object({ size: z.number().int(), rootHash: sha256, at: timestamp }).nullable(),
  /** Entries written since, which nobody outside has seen. */
  behind: z.number().int(),
  /** What it last found wrong; gone once it cosigns again. */
  alarm: z.object({ verdict: witnessAlarm, at: timestamp, seenSize: z.number().int().nullable() }).nullable(),
});
export type Witness = z.infer<typeof witness>;

/** For the state of the log: how much of it somebody outside this machine has seen. */
export const witnessSummary = z.object({
  count: z.number().int(),
  /** The largest cosigned head. */
  last: z.object({ name: z.string(), size: z.number().int(), at: timestamp }).nullable(),
  behind: z.number().int(),
  alarms: z.array(z.object({ name: z.string(), verdict: witnessAlarm, at: timestamp })),
});
export type WitnessSummary = z.infer<typeof witnessSummary>;

export const witnessCheck = z.object({
  name: z.string(),
  /** `new`: the witness has never seen this log, so it says nothing about it. `forgot`: it had seen more, and its files were put back. */
  verdict: z.enum(['consistent', 'new', 'forgot', ...witnessAlarm.options]),
  /** Entries of the log now, and how many the witness saw when it last cosigned. */
  size: z.number().int(),
  seenSize: z.number().int().nullable(),
  seenAt: timestamp.nullable(),
});
export type WitnessCheck = z.infer<typeof witnessCheck>;

/** A witness keeps the last head of this log outside the machine and cosigns only what still contains it. */
export const witnessContract = {
  list: query('audit.read').output(z.array(witness)),
  /**
   * Trusts the key of a witness from now on: that of a folder (removable media), made there first where `create` is set
   * and there is none, or one that was carried here from a second machine.
   */
  add: command('audit.manage', 'witness.add')
    .input(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('folder'), folder, create: z.object({ name: witnessName.nullable() }).nullable().default(null) }),
        z.object({ kind: z.literal('key'), key: noteKey }),
      ]),
    )
    .output(witness),
  /** Has the head of now cosigned by the witness in its folder. `folder` null: where it was last. */
  cosign: command('audit.manage', 'witness.cosign')
    .input(z.object({ id, folder: folder.nullable().default(null) }))
    .output(witness),
  /** What a witness on a second machine needs; the text of a file to carry there. */
  request: query('audit.manage')
    .input(z.object({ id: id.nullable().default(null) }).default({ id: null }))
    .output(z.object({ fileName: z.string(), text: z.string(), size: z.number().int() })),
  /** Takes the file that came back. `trust` adds a witness that is not known yet: compare its key with what that machine shows. */
  accept: command('audit.manage', 'witness.accept')
    .input(z.object({ text: z.string().max(65_536), trust: z.boolean().default(false) }))
    .output(witness),
  /** Compares the log with what the witness in the folder has seen; what it finds is recorded. `id` null: any witness, trusted or not. */
  check: command('audit.manage', 'witness.check')
    .input(z.object({ id: id.nullable().default(null), folder: folder.nullable().default(null) }))
    .output(witnessCheck),
  /** Trusts it no longer. What it cosigned is kept. */
  remove: command('audit.manage', 'witness.remove').input(z.object({ id })).output(z.object({})),
};
