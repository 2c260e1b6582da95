import { randomUUID } from 'node:crypto';
import type { Act, SystemActs } from '../audit/act.ts';
import type { CaseAccess, Json } from '../contract/base.ts';
import type { CaseDetail, CaseSummary, Classification, DeletionProof } from '../contract/cases.ts';
import type { Person } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import { permissionsOf, worksInCases } from '../identity/permissions.ts';
import type { WritableDb } from '../vault/database.ts';
import { CaseRemoval, type CaseContents } from './case-removal.ts';
import { CasesRepository, type CaseRow, type NewCase } from './cases.repository.ts';
import { atWork, held, noAccess, notFound } from './no-access.ts';
import { noGrants, readOnly, Scope, type Grants } from './scope.ts';

export type CasesDeps = {
  readonly db: WritableDb;
  readonly systemAct: SystemActs;
  readonly people: () => readonly Person[];
  /** The policy: days from closing until a case is due for deletion; 0: never. */
  readonly caseDays: () => number;
  /** Puts in place what a new case starts with. */
  readonly installSamples: (act: Act, caseId: string) => void;
  readonly contents: CaseContents;
  /** Who may see what has changed. */
  readonly onChange: () => void;
};

/** Who asks: as a member, or from outside with the permission to administer cases. */
export type Asker = { readonly scope: Scope; readonly administers: boolean };
export type CaseInput = {
  readonly name: string;
  readonly classification: Classification;
  readonly purpose: string;
  readonly retentionDays: number | null;
};

const dayMs = 86_400_000;

/** Cases: what groups the work, who may see it, how long it is kept, and how it is deleted. */
export class CasesService {
  readonly #deps: CasesDeps;
  readonly #cases: CasesRepository;
  readonly #removal: CaseRemoval;
  /** Person id → grants; emptied by every change of a case. */
  readonly #grants = new Map<string, Grants>();
  /** Being deleted: nobody is in them any more. */
  readonly #removing = new Set<string>();

  constructor(deps: CasesDeps) {
    this.#deps = deps;
    this.#cases = new CasesRepository(deps.db);
    this.#removal = new CaseRemoval(deps.db, deps.contents, deps.systemAct);
  }

  /** Ends the erasing and proving of removals that a crash interrupted. */
  start(): Promise<void> {
    return this.#removal.takeUp();
  }

  close(): Promise<void> {
    return this.#removal.close();
  }

  /**
   * The cases of a person, as they are at each moment; who may only look by their role only reads, whatever a case gives them.
   * Makes the person's own case where it is missing.
   */
  scopeOf(person: Person): Scope {
    if (!worksInCases(person.role)) return new Scope(person.id, () => noGrants);
    if (this.#grantsOf(person.id).personal === null) this.#addPersonal(person);
    const reads = !permissionsOf(person.role).includes('documents.write');
    return new Scope(person.id, () => (reads ? readOnly(this.#grantsOf(person.id)) : this.#grantsOf(person.id)));
  }

  /** One's own cases, the personal one first; with `all` everybody's. @throws AppError `identity/denied` */
  list({ scope, administers }: Asker, all: boolean): CaseSummary[] {
    if (all && !administers) throw new AppError('identity/denied', 'Your role does not allow this. Ask an administrator.');
    const own = ({ personal_of }: CaseRow) => (personal_of === scope.personId ? 0 : 1);
    return this.#cases
      .list(all ? null : [...scope.readable])
      .sort((a, b) => own(a) - own(b))
      .map((row) => this.#summary(row, scope));
  }

  /** @throws AppError `request/not-found` */
  get({ scope, administers }: Asker, id: string): CaseDetail {
    const row = this.#cases.byId(id);
    if (!row || (!administers && !scope.can('read', id))) throw notFound();
    return this.#detail(row, scope);
  }

  /** The creator leads the new case. */
  create(act: Act, asker: Asker, input: CaseInput): CaseDetail {
    const id = this.#add(act, { ...input, personalOf: null }, asker.scope.personId);
    return this.get(asker, id);
  }

  update(act: Act, asker: Asker, id: string, input: Pick<CaseInput, 'name' | 'classification' | 'purpose'>): CaseDetail {
    this.#managed(asker, id);
    return this.#change(act, asker, id, { classification: input.classification }, () => this.#cases.update(id, input));
  }

  setRetention(act: Act, asker: Asker, id: string, days: number | null): CaseDetail {
    refusePersonal(this.#managed(asker, id));
    return this.#change(act, asker, id, { days }, () => this.#cases.setRetention(id, days));
  }

  /** A closed case can be read only, so nothing in it may be under way. The time of closing is never before what was recorded last, however the clock stands. @throws AppError `cases/work-in-progress` */
  setState(act: Act, asker: Asker, id: string, state: CaseSummary['state']): CaseDetail {
    const row = refusePersonal(this.#managed(asker, id));
    const closedAt = state === 'open' ? null : (row.closed_at ?? Math.max(Date.now(), this.#cases.latestRecord()));
    return this.#change(act, asker, id, { state }, () => {
      if (row.closed_at === null && closedAt !== null && this.#cases.isAtWork(id)) throw atWork();
      this.#cases.setClosed(id, closedAt);
    });
  }

  /** `access` null takes the person out. @throws AppError `cases/not-a-candidate`, `cases/last-lead` */
  setMember(act: Act, asker: Asker, id: string, personId: string, access: CaseAccess | null): CaseDetail {
    refusePersonal(this.#managed(asker, id));
    if (access !== null && !this.candidates().some((candidate) => candidate.id === personId))
      throw new AppError(
        'cases/not-a-candidate',
        'This person’s account is disabled or its role does not work in cases. The members are unchanged.',
      );
    const members = this.#cases.members(id);
    const led = access === 'lead' || members.some((member) => member.access === 'lead' && member.personId !== personId);
    if (!led) throw new AppError('cases/last-lead', 'This person is the last who leads the case. Let somebody else lead it first.');
    return this.#change(act, asker, id, { person: personId, access }, () => {
      if (access === null) this.#cases.removeMember(id, personId);
      else this.#cases.setMember(id, personId, access, Date.now());
    });
  }

  /** Who can be made a member. */
  candidates(): { id: string; userName: string; displayName: string }[] {
    return this.#deps
      .people()
      .filter(({ status, role }) => status === 'active' && worksInCases(role))
      .map(({ id, userName, displayName }) => ({ id, userName, displayName }));
  }

  /** `reason` null lifts it. */
  setLegalHold(act: Act, asker: Asker, id: string, reason: string | null): CaseDetail {
    this.get(asker, id);
    const hold = reason === null ? null : { reason, since: Date.now(), by: act.actor.name };
    return this.#change(act, asker, id, { held: hold !== null }, () => this.#cases.setHold(id, hold));
  }

  isHeld(caseId: string): boolean {
    return this.#cases.isHeld(caseId);
  }

  /** Nothing of a case under legal hold is deleted. @throws AppError `cases/legal-hold` */
  refuseHeld(caseIds: Iterable<string>): void {
    for (const id of new Set(caseIds)) if (this.#cases.isHeld(id)) throw held();
  }

  /** @throws AppError `cases/wrong-name`, `cases/personal`, `cases/legal-hold`, `request/not-found`, `cases/no-access` */
  async remove(act: Act, asker: Asker, id: string, typedName: string): Promise<DeletionProof> {
    const row = refusePersonal(this.#managed(asker, id));
    if (typedName.trim() !== row.name)
      throw new AppError('cases/wrong-name', 'The name that was typed is not the name of the case. Nothing was deleted.');
    if (this.#removing.has(id)) throw notFound();
    this.refuseHeld([id]);
    this.#removing.add(id);
    this.#changed();
    try {
      return await this.#removal.remove(act, { id, name: row.name }, () => this.refuseHeld([id]));
    } finally {
      this.#removing.delete(id);
      this.#changed();
    }
  }

  /** The case, for who leads it or administers cases. @throws AppError `request/not-found`, `cases/no-access` */
  #managed({ scope, administers }: Asker, id: string): CaseRow {
    const row = this.#cases.byId(id);
    if (!row || (!administers && !scope.can('read', id))) throw notFound();
    if (!administers && !scope.can('lead', id)) throw noAccess();
    return row;
  }

  #change(act: Act, asker: Asker, id: string, details: Readonly<Record<string, Json>>, change: () => void): CaseDetail {
    try {
      act.commit({ subject: id, caseId: id, details }, change);
    } finally {
      this.#changed();
    }
    const row = this.#cases.byId(id);
    if (!row) throw notFound();
    // Who took themselves out still learns how it stands.
    return this.#detail(row, asker.scope);
  }

  #detail(row: CaseRow, scope: Scope): CaseDetail {
    return { ...this.#summary(row, scope), members: this.#cases.members(row.id) };
  }

  #addPersonal(person: Person): void {
    const input = { name: person.displayName, classification: 'internal', purpose: '', retentionDays: null } as const;
    this.#add(this.#deps.systemAct('cases.create-personal'), { ...input, personalOf: person.id }, person.id);
  }

  #add(act: Act, input: Omit<NewCase, 'id' | 'createdAt'>, lead: string): string {
    const id = randomUUID();
    const createdAt = Date.now();
    try {
      act.commit(
        { subject: id, caseId: id, details: { personal: input.personalOf !== null, classification: input.classification } },
        () => {
          this.#cases.add({ ...input, id, createdAt });
          this.#cases.setMember(id, lead, 'lead', createdAt);
          this.#deps.installSamples(this.#deps.systemAct('flows.install-samples'), id);
        },
      );
    } finally {
      this.#changed();
    }
    return id;
  }

  #changed(): void {
    this.#grants.clear();
    this.#deps.onChange();
  }

  #grantsOf(personId: string): Grants {
    let grants = this.#grants.get(personId);
    if (!grants) {
      const rows = this.#cases.grants(personId).filter(({ id }) => !this.#removing.has(id));
      grants = {
        access: new Map(rows.map(({ id, access }) => [id, access])),
        closed: new Set(rows.filter(({ state }) => state === 'closed').map(({ id }) => id)),
        personal: rows.find((row) => row.personal_of === personId)?.id ?? null,
      };
      this.#grants.set(personId, grants);
    }
    return grants;
  }

  #summary(row: CaseRow, scope: Scope): CaseSummary {
    const { id, name, classification, purpose, state, documents, flows, runs, conversations, reports } = row;
    const days = row.retention_days ?? this.#deps.caseDays();
    const hold = row.hold_reason === null ? null : { reason: row.hold_reason, since: row.hold_since ?? 0, by: row.hold_by ?? '' };
    const access = scope.accessTo(id);
    return {
      id,
      name,
      personal: row.personal_of !== null,
      classification,
      purpose,
      state,
      createdAt: row.created_at,
      closedAt: row.closed_at,
      retentionDays: row.retention_days,
      dueAt: row.closed_at !== null && !hold && days > 0 ? row.closed_at + days * dayMs : null,
      legalHold: hold,
      memberCount: row.members,
      counts: { documents, flows, runs, conversations, reports },
      access,
    };
  }
}

function refusePersonal(row: CaseRow): CaseRow {
  if (row.personal_of === null) return row;
  throw new AppError('cases/personal', 'This is a person’s own case. It is never shared, closed or deleted. Nothing was changed.');
}
