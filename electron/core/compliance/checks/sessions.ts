import { found, type Check } from '../finding.ts';

const mostAttempts = 5;
const leastLockMinutes = 30;
/** PCI DSS 8.2.8 names 15 minutes; GB/T 22239 and HIPAA name none. */
const mostIdleMinutes = 15;

/** GB/T 22239 8.1.4.1 b): who guesses passwords is locked out. */
export const lockOut: Check = ({ policies, people, now }) => {
  const { attempts, minutes } = policies().policies.lockout;
  const locked = people().filter(({ lockedUntil }) => lockedUntil !== null && lockedUntil > now()).length;
  return found(attempts <= mostAttempts && minutes >= leastLockMinutes, { fact: 'lockout', values: { attempts, minutes, locked } });
};

/** GB/T 22239 8.1.4.1 b); HIPAA 164.312(a)(2)(iii): a session that is left alone ends, and the vault is locked. */
export const idleLock: Check = ({ policies }) => {
  const { idleMinutes: minutes, maximumHours: hours } = policies().policies.session;
  return found(minutes <= mostIdleMinutes, { fact: 'idle', values: { minutes, hours } });
};

const days = 90;
const dayMs = 86_400_000;

/** HIPAA 164.308(a)(5)(ii)(C); GB/T 22239 8.1.4.3 a): sign-ins are on record, refused ones too. */
export const signInsRecorded: Check = ({ leaves, now }) => {
  const recorded = leaves.ofActions(['vault.create', 'vault.unlock', 'identity.sign-in'], now() - days * dayMs);
  const done = recorded.filter(({ outcome }) => outcome === 'done').length;
  return found(done > 0, { fact: 'signIns', values: { done, refused: recorded.length - done, days } });
};

/** HIPAA 164.312(a)(2)(ii): there is a way in for an emergency, and its use is on record. */
export const emergencyAccess: Check = ({ slots, leaves }) => {
  const custodians = slots().find(({ kind }) => kind === 'custodians');
  const recovery = slots().some(({ kind }) => kind === 'recovery');
  const used = leaves.ofActions(['vault.recover']).length;
  const values = { recovery, threshold: custodians?.threshold ?? 0, shares: custodians?.shares ?? 0, used };
  return found(recovery || values.threshold >= 2, { fact: 'emergency', values });
};
