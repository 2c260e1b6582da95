import { found, type Check } from '../finding.ts';

const dayMs = 86_400_000;
/** A weekly backup and a day for the machine that was off. */
const mostBackupDays = 8;
/** A quarter, and some. */
const mostDrillDays = 100;

/** GB/T 22239 8.1.4.9 a), 8.1.4.3 c); HIPAA 164.308(a)(7)(ii)(A); PIPL 51: encrypted backups are made, the audit log with them. */
export const backups: Check = ({ backup, now }) => {
  const { settings, last } = backup();
  const isFresh = last !== null && last.error === null && now() - last.at <= mostBackupDays * dayMs;
  const schedule = settings.folder === null ? 'off' : settings.schedule;
  return found(schedule !== 'off' && isFresh, {
    fact: 'backup',
    values: { schedule, at: last?.at ?? null, problem: last?.error?.code ?? '' },
  });
};

/** GB/T 22239 8.1.4.9 a); HIPAA 164.308(a)(7)(ii)(B), (D): a backup was restored on trial, and everything was there. */
export const drills: Check = ({ backup, now }) => {
  const { lastDrill } = backup();
  if (!lastDrill) return found(false, { fact: 'drill', values: { at: null, ok: false, rows: 0, blobs: 0, ms: 0 } });
  const { at, ok, rows, blobs, recoveryMs: ms } = lastDrill;
  return found(ok && now() - at <= mostDrillDays * dayMs, { fact: 'drill', values: { at, ok, rows, blobs, ms } });
};
