import { z } from 'zod';
import { timestamp } from '../../../contract/base.ts';
import { person } from '../../../contract/identity.ts';

/** What the vault holds about one person. */
export const personCategory = z.enum([
  'profile',
  'sessions',
  'acts-of-the-person',
  'acts-on-the-person',
  'cases',
  'documents',
  'flows',
  'runs',
  'conversations',
  'messages',
  'reports',
]);
export type PersonCategory = z.infer<typeof personCategory>;

/** Why something of a category does not stand in the report. */
export const leftOut = z.enum([
  /** Names, titles and texts of cases. */
  'case-content',
  /** Who else acted. */
  'other-people',
]);

export const personData = z.strictObject({
  person: z.strictObject({
    id: z.string(),
    userName: z.string(),
    displayName: z.string(),
    role: person.shape.role,
    status: person.shape.status,
    source: person.shape.source,
    createdAt: timestamp,
    lastSignInAt: timestamp.nullable(),
    passwordChangedAt: timestamp,
    secondFactor: z.boolean(),
  }),
  categories: z.array(
    z.strictObject({
      category: personCategory,
      entries: z.number().int(),
      /** Names of what is kept of each. */
      fields: z.array(z.string()),
      first: timestamp.nullable(),
      last: timestamp.nullable(),
      leftOut: z.array(leftOut),
    }),
  ),
  cases: z.array(z.strictObject({ id: z.string(), access: z.string(), since: timestamp })),
  /** Audit action → how often the person did it. */
  acts: z.record(z.string(), z.number().int()),
  /** What others did to the account, without who. */
  actsOn: z.array(
    z.strictObject({ sequence: z.number().int(), at: timestamp, action: z.string(), by: z.enum(['self', 'another', 'system']) }),
  ),
});
export type PersonData = z.infer<typeof personData>;
