import { randomUUID } from 'node:crypto';
import type { Person, Role, SessionInfo } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { HostKind } from '../supervision/messages.ts';
import type { WritableDb } from '../vault/database.ts';
import { unknownPerson } from './identity-errors.ts';
import type { Lockout } from './lockout/lockout.ts';
import { PeopleRepository } from './people.repository.ts';
import { isAdministrator } from './role-rules.ts';
import { Sessions, type SessionEntry } from './sessions.ts';

export type IdentityDeps = {
  readonly db: WritableDb;
  readonly policies: PoliciesService;
  readonly lockout: Lockout;
  /** Where the sessions of this process come from. */
  readonly host: HostKind;
};

const dayMs = 86_400_000;

/** Who there is, and who is signed in. What changes accounts is in `AccountsService`. */
export class IdentityService {
  readonly sessions: Sessions;
  readonly #people: PeopleRepository;
  readonly #policies: PoliciesService;
  readonly #lockout: Lockout;

  constructor({ db, policies, lockout, host }: IdentityDeps) {
    this.#people = new PeopleRepository(db);
    this.#policies = policies;
    this.#lockout = lockout;
    this.sessions = new Sessions(
      (id) => this.#shown(this.#people.byId(id)),
      () => policies.current.session,
      host,
    );
  }

  list(): Person[] {
    return this.#people.list().map((each) => this.#shown(each));
  }

  /** @throws AppError `identity/unknown-person` */
  byId(id: string): Person {
    const found = this.#people.byId(id);
    if (!found) throw unknownPerson(id);
    return this.#shown(found);
  }

  /** The active person of that name, or null. */
  active(userName: string): Person | null {
    const found = this.#people.byUserName(userName);
    return found?.status === 'active' ? found : null;
  }

  /** What this person must do before anything else, as the policy says. @throws AppError `identity/password-change-required`, `identity/second-factor-required` */
  requireReady(person: Person): void {
    if (this.passwordIsDue(person))
      throw new AppError('identity/password-change-required', 'Choose a new password first. Until then nothing else can be done.');
    const { secondFactor } = this.#policies.current;
    const asked =
      secondFactor === 'everybody' || (secondFactor === 'administrators' && (person.role === 'owner' || isAdministrator(person.role)));
    if (asked && person.secondFactor === null)
      throw new AppError(
        'identity/second-factor-required',
        'The policy asks for a second factor: a token or a key file. Set one up first. Until then nothing else can be done.',
      );
  }

  /** The directory looks after the passwords of its own people. */
  passwordIsDue(person: Person): boolean {
    if (person.source === 'directory') return false;
    const { maximumAgeDays } = this.#policies.current.password;
    return person.mustChangePassword || (maximumAgeDays > 0 && Date.now() - person.passwordChangedAt > maximumAgeDays * dayMs);
  }

  /** With what the row does not hold. */
  #shown<T extends Person | null>(person: T): T {
    if (!person) return person;
    return { ...person, mustChangePassword: this.passwordIsDue(person), lockedUntil: this.#lockout.lockedUntil(person.userName) };
  }

  noteSignIn(id: string): void {
    this.#people.setLastSignIn(id, Date.now());
  }

  /** A session of anybody, or of this person. @throws AppError `identity/no-such-session` */
  session(id: string, personId?: string): SessionEntry {
    const found = this.sessions.list().find((each) => each.id === id && (personId === undefined || each.personId === personId));
    if (!found) throw new AppError('identity/no-such-session', 'This session has ended already.', { id });
    return found;
  }

  /** Sessions as people see them, oldest first; of everybody, or of one person. */
  sessionInfos(currentId: string, personId?: string): SessionInfo[] {
    const people = new Map(this.#people.list().map((each) => [each.id, each]));
    return this.sessions
      .list()
      .filter((each) => personId === undefined || each.personId === personId)
      .map((each) => {
        const { userName = '', displayName = '' } = people.get(each.personId) ?? {};
        return { ...each, userName, displayName, current: each.id === currentId };
      });
  }
}

export function newPerson(userName: string, displayName: string, role: Role, further: Partial<Person> = {}): Person {
  return {
    id: randomUUID(),
    userName: userName.normalize('NFC'),
    displayName,
    role,
    status: 'active',
    source: 'local',
    createdAt: Date.now(),
    lastSignInAt: null,
    passwordChangedAt: Date.now(),
    mustChangePassword: false,
    lockedUntil: null,
    secondFactor: null,
    ...further,
  };
}
