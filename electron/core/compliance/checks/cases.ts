import { z } from 'zod';
import { classification } from '../../contract/cases.ts';
import { role } from '../../contract/identity.ts';
import { worksInCases } from '../../identity/permissions.ts';
import { found, type Check } from '../finding.ts';

const count = z.number();
const dayMs = 86_400_000;

/** GB/T 22239 8.1.4.2 e), f); HIPAA 164.308(a)(4)(ii)(B): access is granted person by person and case by case, and never against the role. */
export const accessByCase: Check = ({ db }) => {
  const members = z.array(z.object({ role, personId: z.string(), personalOf: z.string().nullable() })).parse(
    db
      .prepare(
        `SELECT role, person_id AS personId, personal_of AS personalOf FROM case_members
           JOIN people ON people.id = person_id JOIN cases ON cases.id = case_id WHERE people.status = 'active'`,
      )
      .all(),
  );
  const wrong = members.filter((member) =>
    member.personalOf === null ? !worksInCases(member.role) : member.personalOf !== member.personId,
  );
  const cases = count.parse(db.prepare('SELECT count(*) FROM cases').pluck().get());
  return found(wrong.length === 0, { fact: 'granularity', values: { cases, memberships: members.length, wrong: wrong.length } });
};

/** GB/T 22239 8.1.4.2 g); PIPL 51(2): what is held is classified. */
export const labels: Check = ({ db }) => {
  const rows = z
    .array(z.object({ label: classification, count }))
    .parse(db.prepare('SELECT classification AS label, count(*) AS count FROM cases GROUP BY classification').all());
  const values = { public: 0, internal: 0, confidential: 0, secret: 0 };
  for (const { label, count: number } of rows) values[label] = number;
  return found(true, { fact: 'labels', values });
};

/** GB/T 22239 8.1.4.11 a); PIPL 6, 17(2): every shared case says why its data are processed. */
export const purposes: Check = ({ db }) => {
  const shared = count.parse(db.prepare('SELECT count(*) FROM cases WHERE personal_of IS NULL').pluck().get());
  const without = count.parse(db.prepare("SELECT count(*) FROM cases WHERE personal_of IS NULL AND trim(purpose) = ''").pluck().get());
  return found(without === 0, { fact: 'purposes', values: { cases: shared, without } });
};

/** PIPL 19, 47(1): data are kept no longer than needed; a closed case has an end, and it was kept to. */
export const caseRetention: Check = ({ db, policies, now }) => {
  const days = policies().policies.retention.caseDays;
  const closed = z
    .array(z.object({ closedAt: z.number(), own: z.number().nullable(), held: z.number() }))
    .parse(
      db
        .prepare("SELECT closed_at AS closedAt, retention_days AS own, hold_reason IS NOT NULL AS held FROM cases WHERE state = 'closed'")
        .all(),
    );
  const unlimited = closed.filter(({ own }) => (own ?? days) === 0).length;
  const overdue = closed.filter(({ closedAt, own, held }) => {
    const term = own ?? days;
    return held === 0 && term > 0 && closedAt + (term + 1) * dayMs < now();
  }).length;
  return found(unlimited === 0 && overdue === 0, { fact: 'caseRetention', values: { days, closed: closed.length, unlimited, overdue } });
};
