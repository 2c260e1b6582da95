import { expect, it } from 'vitest';
import { approvalClass, policies } from '../../../../electron/core/contract/index.ts';
import { type Bounded, bounds } from './bounds.ts';
import { approvalClasses } from './four-eyes.ts';

const valid = {
  password: { minimumLength: 8, minimumKinds: 1, history: 0, maximumAgeDays: 0 },
  lockout: { attempts: 5, minutes: 30 },
  session: { idleMinutes: 5, lockWhileRunning: false, maximumHours: 12 },
  secondFactor: 'optional',
  fourEyes: [],
  approvalHours: 24,
  rotationDays: 90,
  quotaBytes: 0,
  audit: { modelTexts: 'hashes', readsOf: ['secret'] },
  retention: { caseDays: 0, auditDays: 180 },
};

function accepts(path: string, value: number): boolean {
  const changed: Record<string, unknown> = structuredClone(valid);
  const [first = '', second] = path.split('.');
  if (second === undefined) changed[first] = value;
  else (changed[first] as Record<string, unknown>)[second] = value;
  return policies.safeParse(changed).success;
}

it('offers exactly what the contract takes', () => {
  const measured = Object.entries(bounds).map(([path, [least, most]]) => [
    path,
    [least - 1, least, most, most + 1].map((value) => accepts(path, value)),
  ]);
  expect(measured).toEqual((Object.keys(bounds) as Bounded[]).map((path) => [path, [false, true, true, false]]));
  expect(approvalClasses).toEqual(approvalClass.options);
});
