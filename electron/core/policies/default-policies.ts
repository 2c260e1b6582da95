import type { Policies } from '../contract/policies.ts';

/** What holds in a new vault. */
export const personalPolicies: Policies = {
  password: { minimumLength: 8, minimumKinds: 1, history: 0, maximumAgeDays: 0 },
  lockout: { attempts: 5, minutes: 30 },
  session: { idleMinutes: 5, lockWhileRunning: false, maximumHours: 12 },
  secondFactor: 'optional',
  fourEyes: [],
  approvalHours: 24,
  rotationDays: 90,
  quotaBytes: 0,
  audit: { modelTexts: 'hashes', readsOf: ['confidential', 'secret'] },
  retention: { caseDays: 0, auditDays: 2190 },
};

/** What a vault holds at least once its duties are separated (GB/T 22239 level 3). What was stricter stays. */
export function separatedPolicies(now: Policies): Policies {
  const { password } = now;
  return {
    ...now,
    password: {
      minimumLength: Math.max(password.minimumLength, 10),
      minimumKinds: Math.max(password.minimumKinds, 3),
      history: Math.max(password.history, 5),
      maximumAgeDays: password.maximumAgeDays === 0 ? 90 : Math.min(password.maximumAgeDays, 90),
    },
    fourEyes: ['export', 'role-change', 'retention-change', 'key-operation'],
  };
}
