import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
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

/** Some hundredths of a second. */
const entriesPerTurn = 5_000;

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
  async export(act: Act, id: string, asker: Scope): Promise<ExportedFiles> {
    const { person, parts } = await this.records(id, asker);
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
  async records(id: string, asker: Scope): Promise<PersonRecords> {
    const { db, people, sessions } = this.#deps;
    const person = people().find((each) => each.id === id);
    if (!person) throw new AppError('identity/unknown-person', 'There is no such person.', { id });
    const { by, on } = await this.#acts(person);
    const parts: Record<string, Json> = {
      profile: { ...person },
      sessions: sessions().filter(({ personId }) => personId === id),
      'acts-of-the-person': by,
      'acts-on-the-person': on,
      ...Object.fromEntries(recordKinds.map((kind) => [kind, recordsOf(db, kind, person, asker)])),
    };
    return { person, parts };
  }

  /**
   * What the person did, and what was done to them, newest first. Every entry is looked at: the search index may be behind,
   * and whoever can write the database can empty it.
   */
  async #acts({ id, userName }: Person): Promise<{ by: AuditEntry[]; on: AuditEntry[] }> {
    const { db, audit } = this.#deps;
    const find = db.prepare(
      `SELECT sequence FROM audit_leaves NOT INDEXED WHERE sequence BETWEEN @from AND @to AND (actor = @userName OR instr(canonical, @id) > 0)`,
    );
    const found: AuditEntry[] = [];
    for (let from = 0, { size } = audit.head(); from < size; from += entriesPerTurn) {
      const to = Math.min(size, from + entriesPerTurn) - 1;
      found.push(...audit.search.at(z.array(z.number()).parse(find.pluck().all({ from, to, userName, id }))));
      await setImmediate();
    }
    found.reverse();
    return {
      by: found.filter(({ actor }) => actor === userName),
      on: found.filter(({ subject, details }) => subject === id || Object.values(details).includes(id)),
    };
  }
}

function toFile([name, value]: [string, Json]): { name: string; base64: string } {
  return { name: `${name}.json`, base64: Buffer.from(`${JSON.stringify(value, null, 2)}\n`).toString('base64') };
}
