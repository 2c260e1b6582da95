import type { Person, Role } from '../contract/identity.ts';
import type { PolicyState } from '../contract/policies.ts';
import { AppError } from '../errors.ts';

/** The three that exclude each other (三员分立): a person has one role, so nobody is two of them. */
export const administratorRoles = [
  'system-administrator',
  'security-administrator',
  'audit-administrator',
] as const satisfies readonly Role[];

export function isAdministrator(role: Role): boolean {
  return (administratorRoles as readonly Role[]).includes(role);
}

/** An owner or an administrator. */
export function holdsPower(role: Role): boolean {
  return role === 'owner' || isAdministrator(role);
}

/**
 * Roles that give power are never given with an account: who makes accounts would make their own.
 * @throws AppError `identity/appointed-role`
 */
export function requireOrdinaryRole(role: Role): void {
  if (!holdsPower(role)) return;
  throw new AppError(
    'identity/appointed-role',
    'Owners and administrators are appointed: add the person with another role first, then change the role. Nothing was changed.',
    { role },
  );
}

/** @throws AppError `identity/no-owner-when-separated`, `identity/own-role`, and what `requireNotLast` throws */
export function requireRoleChange(
  mode: PolicyState['mode'],
  people: readonly Person[],
  person: Person,
  role: Role,
  by: string | null,
): void {
  if (mode === 'separated' && role === 'owner')
    throw new AppError(
      'identity/no-owner-when-separated',
      'Duties are separated in this vault, so nobody can be its owner. Nothing was changed.',
    );
  if (mode === 'separated' && person.id === by)
    throw new AppError('identity/own-role', 'Nobody changes their own role where duties are separated. Nothing was changed.');
  if (role !== person.role) requireNotLast(mode, people, person);
}

/**
 * A personal vault keeps an active owner, a separated one all three administrators.
 * @throws AppError `identity/last-owner`, `identity/last-administrator`
 */
export function requireNotLast(mode: PolicyState['mode'], people: readonly Person[], person: Person): void {
  const needed = mode === 'personal' ? person.role === 'owner' : isAdministrator(person.role);
  if (!needed || people.some((other) => other.id !== person.id && other.role === person.role && other.status === 'active')) return;
  const { role } = person;
  throw role === 'owner'
    ? new AppError('identity/last-owner', 'This is the last active owner of the vault. Make somebody else owner first.', { id: person.id })
    : new AppError('identity/last-administrator', 'This is the last active administrator of this kind. Appoint another one first.', {
        role,
      });
}

/**
 * Nobody resets the password of an administrator, so one who forgot it is helped by a recovery code or by custodians alone.
 * @throws AppError `identity/recovery-first`
 */
export function requireRecovery(isThere: boolean): void {
  if (isThere) return;
  throw new AppError(
    'identity/recovery-first',
    'Where duties are separated, only a recovery code or custodians help an administrator who forgot the password, and this vault has neither. Nothing was changed. Make a recovery sheet first, then separate the duties.',
  );
}
