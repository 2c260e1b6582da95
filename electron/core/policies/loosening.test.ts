import { expect, test } from 'vitest';
import type { Policies } from '../contract/policies.ts';
import { personalPolicies, separatedPolicies } from './default-policies.ts';
import { loosening } from './loosening.ts';

const strict: Policies = {
  ...separatedPolicies(personalPolicies),
  session: { idleMinutes: 5, lockWhileRunning: true, maximumHours: 12 },
  secondFactor: 'administrators',
};
const { password, lockout, session } = strict;
const looser: readonly Partial<Policies>[] = [
  { password: { ...password, minimumLength: 9 } },
  { password: { ...password, minimumKinds: 2 } },
  { password: { ...password, history: 4 } },
  { password: { ...password, maximumAgeDays: 91 } },
  { password: { ...password, maximumAgeDays: 0 } },
  { lockout: { ...lockout, attempts: 6 } },
  { lockout: { ...lockout, minutes: 29 } },
  { session: { ...session, idleMinutes: 6 } },
  { session: { ...session, maximumHours: 13 } },
  { session: { ...session, lockWhileRunning: false } },
  { secondFactor: 'optional' },
  { audit: { ...strict.audit, readsOf: ['secret'] } },
  { audit: { ...strict.audit, modelTexts: 'texts' } },
];

test('whatever makes a rule less strict asks for a second person; making it stricter does not', () => {
  for (const change of looser) {
    const wanted = { ...strict, ...change };
    expect(loosening(strict, wanted), JSON.stringify(change)).toBe('key-operation');
    expect(loosening(wanted, strict), JSON.stringify(change)).toBeNull();
    expect(loosening({ ...strict, fourEyes: ['export'] }, { ...wanted, fourEyes: ['export'] })).toBe('export');
    expect(loosening({ ...strict, fourEyes: [] }, { ...wanted, fourEyes: [] })).toBeNull();
  }
  expect(loosening(strict, { ...strict, fourEyes: ['role-change', 'retention-change', 'key-operation'] })).toBe('export');
  expect(loosening(strict, { ...strict, rotationDays: 30, quotaBytes: 1 })).toBeNull();
});
