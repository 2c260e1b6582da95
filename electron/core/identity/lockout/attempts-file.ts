import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../vault/atomic-file.ts';

const entry = z.strictObject({
  /** Since the last success. */
  failures: z.number().int().min(0),
  lastAt: z.number(),
  /** Failures that stand in no audit leaf yet, and when the first of them was. */
  unrecorded: z.number().int().min(0),
  unrecordedSince: z.number(),
  /** Locked out at this time, and after so many seconds of the machine's running. */
  locked: z.strictObject({ at: z.number(), uptime: z.number() }).nullable(),
});
export type AttemptEntry = z.infer<typeof entry>;

const attemptsFile = z.strictObject({
  format: z.literal('redoubt-attempts/1'),
  /** What the policy said when the vault was last open. */
  rules: z.strictObject({ attempts: z.number().int().min(1), minutes: z.number().min(1) }),
  /** By keyed hash of the folded user name. */
  names: z.record(z.string().regex(/^[0-9a-f]{64}$/), entry),
});
export type AttemptsContent = z.infer<typeof attemptsFile>;

/**
 * What the file holds; null where it is not there or unreadable. Who can change it can also copy the vault file and
 * try passwords elsewhere: this file keeps people at the keyboard out, the key derivation slows down the others.
 */
export function readAttempts(file: string): AttemptsContent | null {
  try {
    return attemptsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function writeAttempts(file: string, content: AttemptsContent): void {
  writeFileAtomic(file, `${JSON.stringify(content)}\n`);
}
