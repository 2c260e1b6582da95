import { approvalClass } from '../../contract/base.ts';
import type { Role } from '../../contract/identity.ts';
import { permissionsOf } from '../../identity/permissions.ts';
import { roleMatrix } from '../../identity/role-matrix.ts';
import { found, type Check } from '../finding.ts';

const administrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const satisfies readonly Role[];
/** Areas whose rights show what cases hold. */
const content = /^(?:documents|flows|runs|chat|reports|cases\.use|cases\.create)/;

/** GB/T 22239 8.1.4.2 d), 8.1.5.1 to 8.1.5.3 (三员分立): three administrators, each of them somebody, and nobody who is everything. */
export const separatedDuties: Check = ({ policies, people }) => {
  const { mode } = policies();
  const count = (role: Role) => people().filter((person) => person.role === role && person.status === 'active').length;
  const [system, security, audit] = administrators.map(count);
  const values = { mode, system: system ?? 0, security: security ?? 0, audit: audit ?? 0, owners: count('owner') };
  const all = [values.system, values.security, values.audit].every((number) => number > 0);
  return found(mode === 'separated' && all && values.owners === 0, { fact: 'separation', values });
};

/** GB/T 22239 8.1.4.2 d), 8.1.5: the administrators share no right that changes something by itself and see no content. */
export const exclusiveRoles: Check = () => {
  const rights = administrators.map((role) =>
    permissionsOf(role).filter((right) => !right.endsWith('.read') && right !== 'approvals.decide'),
  );
  const shared = rights.flatMap((own, index) =>
    own.filter((right) => rights.some((other, at) => at > index && other.includes(right))),
  ).length;
  const seen = administrators.flatMap((role) => permissionsOf(role).filter((right) => content.test(right))).length;
  return found(shared === 0 && seen === 0, { fact: 'exclusive', values: { shared, content: seen } });
};

/** GB/T 22239 8.1.4.2 a); HIPAA 164.308(a)(3)(ii)(A), (a)(4), 164.312(a)(1): every call is refused unless the role grants it. */
export const deniedByDefault: Check = () => {
  const { roles, rows } = roleMatrix();
  const count = (wanted: string) => rows.filter(({ permission }) => permission === wanted).length;
  const open = count('public');
  const signedIn = count('signed-in');
  const granted = rows.filter(
    ({ permission, allowed }) => permission !== 'public' && permission !== 'signed-in' && allowed.length < roles.length,
  );
  const values = { calls: rows.length, open, signedIn, granted: granted.length };
  return found(granted.length + open + signedIn === rows.length, { fact: 'defaults', values });
};

/** GB/T 22239 8.1.4.2 d); PIPL 51(1): nobody holds every right. */
export const leastPrivilege: Check = ({ people }) => {
  const { rows } = roleMatrix();
  const active = people().filter(({ status }) => status === 'active');
  const reach = active
    .filter(({ role }) => role !== 'owner')
    .map(({ role }) => rows.filter(({ allowed }) => allowed.includes(role)).length);
  const owners = active.filter(({ role }) => role === 'owner').length;
  return found(owners === 0, { fact: 'privileges', values: { calls: rows.length, largest: Math.max(0, ...reach), owners } });
};

/** What sets the rules of access. */
const rules = ['policies.set', 'policies.setRetention', 'identity.setRole', 'identity.setDirectory'];
const mayRule: readonly Role[] = ['owner', 'security-administrator'];

/** GB/T 22239 8.1.4.2 e): only the security administrator sets the rules of access (in a personal vault its owner). */
export const authorisedRules: Check = () => {
  const setting = roleMatrix().rows.filter(({ call }) => rules.includes(call));
  const who = new Set(setting.flatMap(({ allowed }) => allowed));
  const isMet = setting.length === rules.length && [...who].every((role) => mayRule.includes(role));
  return found(isMet, { fact: 'rulers', values: { calls: setting.length, roles: [...who].join(', ') } });
};

/** GB/T 22239 8.1.5.3; PIPL 51(2): what takes data out or power away needs two persons. */
export const fourEyes: Check = ({ policies }) => {
  const classes = policies().policies.fourEyes;
  const values = { classes: classes.join(', '), count: classes.length, all: approvalClass.options.length };
  return found(classes.length === approvalClass.options.length, { fact: 'fourEyes', values });
};
