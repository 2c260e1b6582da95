import { found, type Check } from '../finding.ts';

/** What assessors of level 3 ask for; the standard says "complex" and "changed regularly". */
const least = { length: 8, kinds: 3, days: 180 };

/** GB/T 22239 8.1.4.1 a); HIPAA 164.308(a)(5)(ii)(D): passwords are complex and change. */
export const passwordRules: Check = ({ policies }) => {
  const { minimumLength: length, minimumKinds: kinds, history, maximumAgeDays: days } = policies().policies.password;
  const isMet = length >= least.length && kinds >= least.kinds && days > 0 && days <= least.days;
  return found(isMet, { fact: 'passwords', values: { length, kinds, history, days } });
};
