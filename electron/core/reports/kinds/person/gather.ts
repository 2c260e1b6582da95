import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import type { PersonRecords } from '../../../cases/person-export.ts';
import type { Json } from '../../../contract/base.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { hasSecondFactor } from '../../../identity/account-review.ts';
import { personCategory, type PersonData } from './data.ts';

/** Members of a record that say when it is from. */
const timeMembers = ['at', 'createdAt', 'startedAt', 'importedAt', 'savedAt', 'since'];
/** Of these the content stays with the cases. */
const withContent: ReadonlySet<string> = new Set(['cases', 'documents', 'flows', 'runs', 'conversations', 'messages', 'reports']);

/** What the vault holds about a person, counted and dated, without content of cases and without who else acted. */
export function gatherPerson(vault: VaultFacts, { person, parts }: PersonRecords): PersonData {
  const { id, userName, displayName, role, status, source, createdAt, lastSignInAt, passwordChangedAt } = person;
  const own = vault.slots().filter((slot) => slot.person?.id === id);
  return {
    person: {
      id,
      userName,
      displayName,
      role,
      status,
      source,
      createdAt,
      lastSignInAt,
      passwordChangedAt,
      secondFactor: hasSecondFactor(own.map(({ factors }) => factors)),
    },
    categories: personCategory.options.map((category) => {
      const records = asRecords(parts[category] ?? []);
      const times = records.flatMap(timeOf).sort((a, b) => a - b);
      return {
        category,
        entries: records.length,
        fields: [...new Set(records.flatMap((record) => Object.keys(record)))],
        first: times[0] ?? null,
        last: times.at(-1) ?? null,
        leftOut: withContent.has(category) ? ['case-content'] : category === 'acts-on-the-person' ? ['other-people'] : [],
      };
    }),
    cases: asRecords(parts['cases'] ?? []).map(({ caseId, access, since }) => ({
      id: String(caseId),
      access: String(access),
      since: Number(since),
    })),
    acts: countActs(parts['acts-of-the-person'] ?? []),
    actsOn: entriesOf(parts['acts-on-the-person'] ?? []).map(({ sequence, at, action, actor }) => ({
      sequence,
      at,
      action,
      by: actor === 'system' ? 'system' : actor === userName ? 'self' : 'another',
    })),
  };
}

/** Audit entries among the parts are as `audit.list` gives them. */
export function entriesOf(part: Json): AuditEntry[] {
  return part as unknown as AuditEntry[];
}

function countActs(part: Json): Record<string, number> {
  const byAction = Map.groupBy(entriesOf(part), ({ action }) => action);
  return Object.fromEntries([...byAction].map(([action, entries]) => [action, entries.length]));
}

function asRecords(part: Json): Record<string, Json>[] {
  return (Array.isArray(part) ? part : [part]).flatMap((each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? [each] : [],
  );
}

function timeOf(record: Record<string, Json>): number[] {
  const name = timeMembers.find((member) => typeof record[member] === 'number');
  return name === undefined ? [] : [Number(record[name])];
}
