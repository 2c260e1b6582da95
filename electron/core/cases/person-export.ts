import type { Act } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { AuditEntry } from '../contract/audit.ts';
import type { Json } from '../contract/base.ts';
import type { Person } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { recordKinds, recordsOf } from './person-records.ts';
import type { Scope } from './scope.ts';

export type PersonExportDeps = {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly people: () => readonly Person[];
  /** The sessions of everybody. */
  readonly sessions: () => readonly { readonly personId: string }[];
};
/** By category; each a list of records, but for `profile`, which is one. */
export type PersonRecords = { readonly person: Person; readonly parts: Readonly<Record<string, Json>> };
export type ExportedFiles = { files: { name: string; base64: string }[] };

const auditPage = 500;

/** Everything the vault holds about a person's account, as JSON files. It leaves the vault, so it leaves a leaf. */
export class PersonExport {
  readonly #deps: PersonExportDeps;

  constructor(deps: PersonExportDeps) {
    this.#deps = deps;
  }

  /**
   * Of cases that who asks may not read, and of the conversations of others, names, titles and texts are left out.
   * @throws AppError `identity/unknown-person`
   */
  export(act: Act, id: string, asker: Scope): ExportedFiles {
    const { person, parts } = this.records(id, asker);
    const summary = { format: 'redoubt-person/1', person: person.userName, exportedAt: Date.now(), exportedBy: act.actor.name };
    const contents = Object.entries(parts).map(([name, value]) => ({
      file: `${name}.json`,
      entries: Array.isArray(value) ? value.length : 1,
    }));
    const omitted = 'names, titles and texts of cases that who exported this may not read, and of conversations of others';
    act.commit({ subject: id, details: { files: contents.length + 1 } }, () => undefined);
    return { files: Object.entries({ 'about-this-export': { ...summary, contents, omitted }, ...parts }).map(toFile) };
  }

  /** The same, for what is made inside the vault. @throws AppError `identity/unknown-person` */
  records(id: string, asker: Scope): PersonRecords {
    const { db, people, sessions } = this.#deps;
    const person = people().find((each) => each.id === id);
    if (!person) throw new AppError('identity/unknown-person', 'There is no such person.', { id });
    const parts: Record<string, Json> = {
      profile: { ...person },
      sessions: sessions().filter(({ personId }) => personId === id),
      'acts-of-the-person': this.#entries(({ actor }) => actor === person.userName, { actor: person.userName }),
      'acts-on-the-person': this.#entries(({ subject, details }) => subject === id || Object.values(details).includes(id), { search: id }),
      ...Object.fromEntries(recordKinds.map((kind) => [kind, recordsOf(db, kind, person, asker)])),
    };
    return { person, parts };
  }

  #entries(wanted: (entry: AuditEntry) => boolean, filter: { actor?: string; search?: string }): AuditEntry[] {
    const found: AuditEntry[] = [];
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const { entries } = this.#deps.audit.list({ search: '', ...filter, before, limit: auditPage });
      found.push(...entries.filter(wanted));
      const last = entries.at(-1);
      if (!last || entries.length < auditPage) return found;
      before = last.sequence;
    }
  }
}

function toFile([name, value]: [string, Json]): { name: string; base64: string } {
  return { name: `${name}.json`, base64: Buffer.from(`${JSON.stringify(value, null, 2)}\n`).toString('base64') };
}
