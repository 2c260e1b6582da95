import type { ApprovalClass } from '../contract/base.ts';
import type { Policies } from '../contract/policies.ts';

type Rules = Omit<Policies, 'retention'>;

const strictness = ['optional', 'administrators', 'everybody'] as const;
/** Of what the policy names, the one under which a second person is asked to loosen another rule. */
const order = ['key-operation', 'role-change', 'retention-change', 'export'] as const satisfies readonly ApprovalClass[];

/**
 * Under which class a second person must agree that the rules become less strict; null where none does so, or where no
 * class needs a second person now.
 */
export function loosening(now: Rules, wanted: Rules): ApprovalClass | null {
  const given = now.fourEyes.find((each) => !wanted.fourEyes.includes(each));
  if (given) return given;
  return isLooser(now, wanted) ? (order.find((each) => now.fourEyes.includes(each)) ?? null) : null;
}

function isLooser(now: Rules, wanted: Rules): boolean {
  return (
    wanted.password.minimumLength < now.password.minimumLength ||
    wanted.password.minimumKinds < now.password.minimumKinds ||
    wanted.password.history < now.password.history ||
    ageOf(wanted) > ageOf(now) ||
    wanted.lockout.attempts > now.lockout.attempts ||
    wanted.lockout.minutes < now.lockout.minutes ||
    wanted.session.idleMinutes > now.session.idleMinutes ||
    wanted.session.maximumHours > now.session.maximumHours ||
    (now.session.lockWhileRunning && !wanted.session.lockWhileRunning) ||
    now.audit.readsOf.some((label) => !wanted.audit.readsOf.includes(label)) ||
    (now.audit.modelTexts === 'hashes' && wanted.audit.modelTexts === 'texts') ||
    strictness.indexOf(wanted.secondFactor) < strictness.indexOf(now.secondFactor)
  );
}

/** Days; 0 in the policy is no limit. */
function ageOf({ password: { maximumAgeDays } }: Rules): number {
  return maximumAgeDays === 0 ? Number.POSITIVE_INFINITY : maximumAgeDays;
}
