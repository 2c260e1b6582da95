import type { CaseAccess } from '../contract/base.ts';
import { closed, noAccess, notFound } from './no-access.ts';

/** What a person may do where, as it is now. */
export type Grants = {
  /** Case id → access, of every case the person is in. */
  readonly access: ReadonlyMap<string, CaseAccess>;
  readonly closed: ReadonlySet<string>;
  /** The person's own case; null for who does not work in cases. */
  readonly personal: string | null;
};

export const noGrants: Grants = { access: new Map(), closed: new Set(), personal: null };

const reading = new WeakMap<Grants, Grants>();
/** The same cases, to read and nothing more. */
export function readOnly(grants: Grants): Grants {
  let found = reading.get(grants);
  if (!found) {
    found = { ...grants, access: new Map([...grants.access.keys()].map((id) => [id, 'read'])) };
    reading.set(grants, found);
  }
  return found;
}

const ranks: Record<CaseAccess, number> = { read: 0, write: 1, lead: 2 };

/**
 * The cases of one person. Everything is asked anew each time, so that a stream that filters by it shows nothing more
 * of a case the moment the person is taken out of it.
 */
export class Scope {
  readonly personId: string;
  readonly #grants: () => Grants;

  constructor(personId: string, grants: () => Grants) {
    this.personId = personId;
    this.#grants = grants;
  }

  /** Ids of the cases whose content the person may see. */
  get readable(): ReadonlySet<string> {
    return new Set(this.#grants().access.keys());
  }

  /** Ids of the cases in which the person may change content. */
  get writable(): ReadonlySet<string> {
    return new Set([...this.#grants().access.keys()].filter((id) => this.can('write', id)));
  }

  accessTo(caseId: string): CaseAccess | null {
    return this.#grants().access.get(caseId) ?? null;
  }

  /** Writing needs an open case; reading and leading do not. */
  can(access: CaseAccess, caseId: string): boolean {
    const grants = this.#grants();
    const has = grants.access.get(caseId);
    return has !== undefined && ranks[has] >= ranks[access] && !(access === 'write' && grants.closed.has(caseId));
  }

  /** @throws AppError `request/not-found` (also where there is no such case), `cases/closed`, `cases/no-access` */
  require(access: CaseAccess, caseId: string | null): void {
    if (caseId === null || !this.can('read', caseId)) throw notFound();
    if (this.can(access, caseId)) return;
    throw this.#grants().closed.has(caseId) && access === 'write' ? closed() : noAccess();
  }

  /** For lists: the named case, or all that may be read. @throws as `require` */
  cases(caseId?: string): string[] {
    if (caseId === undefined) return [...this.readable];
    this.require('read', caseId);
    return [caseId];
  }

  /** Where something new goes: the named case, or the person's own. @throws as `require` */
  target(caseId?: string): string {
    const chosen = caseId ?? this.#grants().personal;
    this.require('write', chosen);
    return chosen ?? '';
  }
}

/** Somebody who is in no case. */
export const outsider = new Scope('', () => noGrants);
