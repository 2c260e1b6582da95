import { z } from 'zod';
import { auditEntry } from './audit.ts';
import { command, id, query, timestamp } from './base.ts';

const on = z.boolean();
/** Minutes of a window that moves with the time. */
const minutes = z.number().int().min(1).max(1440);

/** What is looked for in the audit log, and from where on it is told. Nothing of it leaves the machine. */
export const alertRules = z.object({
  /** Taking data out of the vault, `count` times within `minutes`. */
  bulkExport: z.object({ on, count: z.number().int().min(2).max(10_000), minutes }),
  /** Acts outside the hours from `from` up to `to` (by the machine's zone) and the days of the week (0: Sunday). */
  offHours: z.object({
    on,
    from: z.number().int().min(0).max(23),
    to: z.number().int().min(1).max(24),
    days: z.array(z.number().int().min(0).max(6)).max(7),
  }),
  /** A sign-in on a machine that this person never used. */
  newDevice: z.object({ on }),
  repeatedDenials: z.object({ on, count: z.number().int().min(2).max(10_000), minutes }),
  /**
   * Far more acts in a day than on this person's other days: robust z-score 0.6745·(x − median) / MAD of at least
   * `score` (Iglewicz and Hoaglin 1993), with `minimumDays` of history and `minimumCount` acts at least.
   */
  unusualVolume: z.object({
    on,
    score: z.number().min(2).max(100),
    minimumDays: z.number().int().min(3).max(60),
    minimumCount: z.number().int().min(1).max(100_000),
  }),
  /** Somebody acts after so many days without any act. */
  dormantAccount: z.object({ on, days: z.number().int().min(1).max(3650) }),
});
export type AlertRules = z.infer<typeof alertRules>;

/** Why an alert was raised, in figures. */
export const alertFacts = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('bulkExport'), count: z.number().int(), limit: z.number().int(), minutes: z.number().int() }),
  z.object({ rule: z.literal('offHours'), firstAt: timestamp, count: z.number().int(), from: z.number().int(), to: z.number().int() }),
  /** `elsewhere`: another person has used that machine. */
  z.object({ rule: z.literal('newDevice'), device: z.string(), host: z.string(), known: z.number().int(), elsewhere: z.boolean() }),
  z.object({
    rule: z.literal('repeatedDenials'),
    count: z.number().int(),
    limit: z.number().int(),
    minutes: z.number().int(),
    actions: z.array(z.string()),
  }),
  z.object({
    rule: z.literal('unusualVolume'),
    /** YYYY-MM-DD in the machine's zone. */
    day: z.string(),
    count: z.number().int(),
    median: z.number(),
    /** Median absolute deviation, with a floor so that a very even history does not cry wolf. */
    spread: z.number(),
    score: z.number(),
    limit: z.number(),
    /** Days of history. */
    days: z.number().int(),
  }),
  z.object({ rule: z.literal('dormantAccount'), lastAt: timestamp, days: z.number().int(), limit: z.number().int() }),
]);
export type AlertFacts = z.infer<typeof alertFacts>;

/** `open`: nobody has looked into it. `expected`: there is a good reason. `incident`: there is none. */
export const alertState = z.enum(['open', 'expected', 'incident']);

export const alert = z.object({
  id,
  severity: z.enum(['notice', 'warning']),
  /** Whose acts raised it; null where nobody's name was given (tries under unknown names). */
  person: z.object({ id, userName: z.string() }).nullable(),
  /** Of the first entry and the newest one, by the clock of then. */
  firstAt: timestamp,
  lastAt: timestamp,
  facts: alertFacts,
  /** Entries of the audit log that show it, at most `mostEvidence` of them. */
  evidence: z.array(z.number().int()),
  state: alertState,
  decision: z.object({ by: z.string(), at: timestamp, note: z.string() }).nullable(),
});
export type Alert = z.infer<typeof alert>;
export const mostEvidence = 200;

const rulesState = z.object({
  rules: alertRules,
  /** Null while the rules are those that Redoubt comes with. */
  changed: z.object({ by: z.string(), at: timestamp }).nullable(),
});

export const alertsContract = {
  /** Newest first. `open` counts all that nobody has looked into. */
  list: query('audit.read')
    .input(
      z
        .object({
          state: alertState.optional(),
          /** Last seen before this. */
          before: timestamp.optional(),
          limit: z.number().int().min(1).max(500).default(100),
        })
        .default({ limit: 100 }),
    )
    .output(z.object({ alerts: z.array(alert), open: z.number().int() })),
  /** With the entries that show it; of those whose retention is over only their number is left. */
  get: query('audit.read')
    .input(z.object({ id }))
    .output(z.object({ alert, entries: z.array(auditEntry) })),
  /** Notes what came of looking into it; it can be decided anew. */
  decide: command('audit.manage', 'alerts.decide')
    .input(z.object({ id, verdict: z.enum(['expected', 'incident']), note: z.string().trim().max(2000) }))
    .output(alert),
  rules: query('audit.read').output(rulesState),
  setRules: command('audit.manage', 'alerts.set-rules').input(alertRules).output(rulesState),
};
