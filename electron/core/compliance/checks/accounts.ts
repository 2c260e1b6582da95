import { isAdministrator, hasSecondFactor, idleDays, dormantDays } from '../../identity/account-review.ts';
import { found, type Check } from '../finding.ts';

/** GB/T 22239 8.1.4.1 a); HIPAA 164.312(a)(2)(i), 164.312(d); PIPL 51(4): everybody has an account and a key slot of their own. */
export const uniqueAccounts: Check = ({ people, slots }) => {
  const all = people();
  const active = all.filter(({ status }) => status === 'active');
  const repeated = all.length - new Set(all.map(({ userName }) => userName.toLowerCase())).size;
  const holders = new Set(slots().map(({ person }) => person?.id));
  const withoutSlot = active.filter(({ id }) => !holders.has(id)).length;
  const values = { people: all.length, active: active.length, repeated, withoutSlot };
  return found(repeated === 0 && withoutSlot === 0, { fact: 'accounts', values });
};

/** GB/T 22239 8.1.4.1 d): everybody who signs in proves a second factor, whoever it is. */
export const secondFactorsOfAll: Check = ({ people, slots, policies }) => {
  const active = people().filter(({ status }) => status === 'active');
  const withFactor = active.filter(({ id }) =>
    hasSecondFactor(slots().flatMap(({ person, factors }) => (person?.id === id ? [factors] : []))),
  ).length;
  const policy = policies().policies.secondFactor;
  const values = { policy, active: active.length, withFactor };
  return found(policy === 'everybody' && withFactor === active.length, { fact: 'secondFactorOfAll', values });
};

/** HIPAA 164.312(d); PIPL 51(4): who administers proves a second factor. */
export const secondFactors: Check = ({ people, slots, policies }) => {
  const administrators = people().filter((person) => person.status === 'active' && isAdministrator(person));
  const withFactor = administrators.filter(({ id }) =>
    hasSecondFactor(slots().flatMap(({ person, factors }) => (person?.id === id ? [factors] : []))),
  ).length;
  const policy = policies().policies.secondFactor;
  const values = { policy, administrators: administrators.length, withFactor };
  return found(policy !== 'optional' && withFactor === administrators.length, { fact: 'secondFactor', values });
};

/** GB/T 22239 8.1.4.2 c); HIPAA 164.308(a)(3)(ii)(C), (a)(4)(ii)(C): no account that nobody uses any more, no key of one that was closed. */
export const noDormantAccounts: Check = ({ people, slots, now }) => {
  const dormant = people().filter((person) => person.status === 'active' && idleDays(person, now()) >= dormantDays).length;
  const disabled = new Set(people().flatMap(({ id, status }) => (status === 'disabled' ? [id] : [])));
  const disabledWithSlot = new Set(slots().flatMap(({ person }) => (person && disabled.has(person.id) ? [person.id] : []))).size;
  return found(dormant === 0 && disabledWithSlot === 0, { fact: 'dormant', values: { days: dormantDays, dormant, disabledWithSlot } });
};

const makers = ['vault.create', 'identity.create-person', 'identity.separate-duties', 'identity.admit-directory-person'];

/** GB/T 22239 8.1.4.2 b): no default account; of each it is on record who made it, as far as the log reaches back. */
export const noDefaultAccounts: Check = ({ people, leaves }) => {
  const made = leaves.ofActions(makers);
  const oldest = made[0]?.at ?? 0;
  const named = new Set(
    made.flatMap(({ subject, details }) => [subject, ...[details['administrators'], details['person']].flat().map(String)]),
  );
  const founded = made.some(({ action }) => action === 'vault.create');
  // The first person is made with the vault, which bears the vault's id.
  const founder = people().toSorted((a, b) => a.createdAt - b.createdAt)[0]?.id;
  const unexplained = people().filter(({ id, createdAt }) => createdAt >= oldest && !named.has(id) && !(founded && id === founder)).length;
  return found(unexplained === 0, { fact: 'origins', values: { people: people().length, unexplained } });
};
