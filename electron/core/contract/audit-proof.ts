import { z } from 'zod';
import { sha256 } from './base.ts';

/** Proof that one entry stands in the log, for somebody who has nothing but this and the keys he trusts. */
export const auditProof = z.object({
  sequence: z.number().int(),
  /** The entry as it is hashed; null where its retention is over and only its hash is kept. */
  leaf: z.string().nullable(),
  leafHash: sha256,
  /** Of the tree that the proof leads to: the smallest that a witness cosigned and that holds the entry, or that of now. */
  size: z.number().int(),
  /** Audit path, nearest sibling first (RFC 6962). */
  path: z.array(sha256),
  /** The signed head with the cosignatures of witnesses, if there are any (C2SP tlog-checkpoint). */
  checkpoint: z.string(),
  /** Key of the log as a verifier key of a signed note, and as PEM. */
  logKey: z.string(),
  publicKey: z.string(),
  /** Keys of the witnesses that cosigned the head. */
  witnesses: z.array(z.object({ name: z.string(), key: z.string() })),
  /** All of it as a C2SP tlog-proof file, the entry itself as its extra data. */
  file: z.string(),
});
export type AuditProof = z.infer<typeof auditProof>;
