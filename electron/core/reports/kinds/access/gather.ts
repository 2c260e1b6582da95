import { z } from 'zod';
import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import { caseAccess } from '../../../contract/base.ts';
import { classification } from '../../../contract/cases.ts';
import type { Person } from '../../../contract/identity.ts';
import { dormantDays, hasSecondFactor, idleDays, isAdministrator } from '../../../identity/account-review.ts';
import { worksInCases } from '../../../identity/permissions.ts';
import { roleMatrix } from '../../../identity/role-matrix.ts';
import type { AccessData, AccessMark } from './data.ts';
import { withUnusedAccess } from './unused-access.ts';

const memberRow = z.object({
  caseId: z.string(),
  personId: z.string(),
  userName: z.string(),
  access: z.enum(caseAccess),
  since: z.number(),
});
const caseRow = z.object({ id: z.string(), classification, state: z.enum(['open', 'closed']), personal: z.number() });

/** Who may do what in this vault now. */
export async function gatherAccess(vault: VaultFacts): Promise<AccessData> {
  const members = z.array(memberRow).parse(
    vault.db
      .prepare(
        `SELECT case_id AS caseId, person_id AS personId, user_name AS userName, access, since
         FROM case_members JOIN people ON people.id = person_id ORDER BY since, user_name`,
      )
      .all(),
  );
  const cases = z
    .array(caseRow)
    .parse(
      vault.db.prepare('SELECT id, classification, state, personal_of IS NOT NULL AS personal FROM cases ORDER BY created_at, id').all(),
    );
  const active = new Set(vault.people().flatMap(({ id, status }) => (status === 'active' ? [id] : [])));
  const unused = await withUnusedAccess(
    vault,
    members.filter(({ personId }) => active.has(personId)),
  );
  const { rows } = roleMatrix();
  const slots = vault.slots();
  const { mode } = vault.policies();
  return {
    mode,
    dormantDays,
    people: vault.people().map((person) => {
      const own = slots.filter((slot) => slot.person?.id === person.id).map(({ factors }) => [...factors]);
      const { id, userName, displayName, role, status, source, createdAt, lastSignInAt, passwordChangedAt, lockedUntil } = person;
      const secondFactor = hasSecondFactor(own);
      return {
        id,
        userName,
        displayName,
        role,
        status,
        source,
        createdAt,
        lastSignInAt,
        passwordChangedAt,
        lockedUntil,
        calls: rows.filter(({ allowed }) => allowed.includes(role)).length,
        slots: own,
        secondFactor,
        marks: marksOf(
          vault,
          person,
          own.length > 0,
          secondFactor,
          members.some(({ personId }) => personId === id),
          unused.has(id),
        ),
      };
    }),
    cases: cases.map(({ personal, ...each }) => ({
      ...each,
      personal: personal === 1,
      members: members.filter(({ caseId }) => caseId === each.id).map(({ userName, access, since }) => ({ userName, access, since })),
    })),
    sharedSlots: slots.filter(({ person }) => person === null).map(({ kind, threshold, shares }) => ({ kind, threshold, shares })),
    calls: rows.length,
  };
}

function marksOf(
  vault: VaultFacts,
  person: Person,
  hasSlot: boolean,
  secondFactor: boolean,
  isInCase: boolean,
  hasUnused: boolean,
): AccessMark[] {
  const now = vault.now();
  const active = person.status === 'active';
  const idle = active && idleDays(person, now) >= dormantDays;
  const owners = vault.people().filter(({ role, status }) => role === 'owner' && status === 'active').length;
  const separated = vault.policies().mode === 'separated';
  const marks: readonly [AccessMark, boolean][] = [
    ['dormant', idle && person.lastSignInAt !== null],
    ['never-used', idle && person.lastSignInAt === null],
    ['disabled-with-slot', !active && hasSlot],
    ['all-powerful', active && person.role === 'owner' && (separated || owners > 1)],
    ['no-second-factor', active && isAdministrator(person) && !secondFactor],
    ['unused-access', active && hasUnused],
    ['case-without-role', isInCase && !worksInCases(person.role)],
  ];
  return marks.filter(([, holds]) => holds).map(([mark]) => mark);
}
