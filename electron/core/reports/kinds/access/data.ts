import { z } from 'zod';
import { timestamp } from '../../../contract/base.ts';
import { classification } from '../../../contract/cases.ts';
import { person } from '../../../contract/identity.ts';

/** What a reviewer should look at. */
export const accessMark = z.enum([
  /** Active, and has not signed in for `dormantDays`. */
  'dormant',
  /** Active, and has never signed in since it was made `dormantDays` ago. */
  'never-used',
  /** Disabled, and a key slot of it still opens the vault. */
  'disabled-with-slot',
  /** Holds everything in a vault whose duties are separated, or is one of several owners. */
  'all-powerful',
  /** Administers and signs in with a password alone. */
  'no-second-factor',
  /** Leads or writes in a case and has done nothing there for `dormantDays`. */
  'unused-access',
  /** Is in a case although the role does not work in cases. */
  'case-without-role',
]);
export type AccessMark = z.infer<typeof accessMark>;

export const accessData = z.strictObject({
  mode: z.enum(['personal', 'separated']),
  dormantDays: z.number().int(),
  people: z.array(
    z.strictObject({
      id: z.string(),
      userName: z.string(),
      displayName: z.string(),
      role: person.shape.role,
      status: person.shape.status,
      source: person.shape.source,
      createdAt: timestamp,
      lastSignInAt: timestamp.nullable(),
      passwordChangedAt: timestamp,
      lockedUntil: timestamp.nullable(),
      /** Of the calls of the contract, how many the role may make. */
      calls: z.number().int(),
      /** Each key slot as the factors it asks for. */
      slots: z.array(z.array(z.string())),
      secondFactor: z.boolean(),
      marks: z.array(accessMark),
    }),
  ),
  /** By id: names are content. */
  cases: z.array(
    z.strictObject({
      id: z.string(),
      classification,
      state: z.enum(['open', 'closed']),
      personal: z.boolean(),
      members: z.array(z.strictObject({ userName: z.string(), access: z.enum(['read', 'write', 'lead']), since: timestamp })),
    }),
  ),
  /** Slots that belong to nobody: recovery and custodians. */
  sharedSlots: z.array(z.strictObject({ kind: z.string(), threshold: z.number().int().nullable(), shares: z.number().int().nullable() })),
  calls: z.number().int(),
});
export type AccessData = z.infer<typeof accessData>;
