import type { BackupSettings } from '../contract/backup.ts';

const hour = 3_600_000;
/** No schedule is longer away than this; a run that is was set by a clock that was wrong. */
const furthest = 8 * 24 * hour;
const friday = 5;

/** When the next backup is due after `after` (local time; weekly means Fridays), or null. */
export function nextRun({ schedule, atMinute }: Pick<BackupSettings, 'schedule' | 'atMinute'>, after: number): number | null {
  if (schedule === 'off') return null;
  const date = new Date(after);
  for (let days = 0; days <= 8; days += 1) {
    const next = new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, atMinute);
    if (next.getTime() > after && (schedule === 'daily' || next.getDay() === friday)) return next.getTime();
  }
  return null;
}

/** After a run that failed: in an hour, or when the next is due anyway. */
export function nextAfterFailure(settings: Pick<BackupSettings, 'schedule' | 'atMinute'>, now: number): number | null {
  const next = nextRun(settings, now);
  return next === null ? null : Math.min(next, now + hour);
}

/** True where the kept time cannot be right, because the clock was put back meanwhile. */
export function isOutOfReach(nextAt: number, now: number): boolean {
  return nextAt - now > furthest;
}
