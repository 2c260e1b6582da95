import { randomUUID } from 'node:crypto';
import type { Act } from '../audit/act.ts';
import type { Person, Role } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { HostKind } from '../supervision/messages.ts';
import type { WritableDb } from '../vault/database.ts';
import { PeopleRepository } from './people.repository.ts';
import { Sessions } from './sessions.ts';

export type NewPerson = { userName: string; displayName: string; role: Role; password: string };

export type IdentityDeps = {
  readonly db: WritableDb;
  /** Gives a person a key slot of the vault. */
  readonly addSlot: (userName: string, password: string) => Promise<void>;
  readonly policies: PoliciesService;
  /** Where the sessions of this process come from. */
  readonly host: HostKind;
};

/** People, their status, and who is signed in. */
export class IdentityService {
  readonly sessions: Sessions;
  readonly #people: PeopleRepository;
  readonly #addSlot: (userName: string, password: string) => Promise<void>;
  readonly #policies: PoliciesService;
  #creating: Promise<unknown> = Promise.resolve();

  constructor({ db, addSlot, policies, host }: IdentityDeps) {
    this.#people = new PeopleRepository(db);
    this.#addSlot = addSlot;
    this.#policies = policies;
    this.sessions = new Sessions(
      (id) => this.#people.byId(id),
      () => policies.current.session,
      host,
    );
  }

  list(): Person[] {
    return this.#people.list();
  }

  /**
   * The slot is written before the row: a crash in between leaves a slot that opens nothing, because sign-in asks for the row.
   * One at a time, so that who loses a race for a name does not leave a slot under it.
   * @throws AppError `identity/name-taken`
   */
  create(act: Act, input: NewPerson): Promise<Person> {
    const created = this.#creating.then(() => this.#create(act, input));
    this.#creating = created.catch(() => undefined);
    return created;
  }

  async #create(act: Act, input: NewPerson): Promise<Person> {
    const userName = input.userName.normalize('NFC');
    if (this.#people.byUserName(userName)) throw nameTaken(userName);
    await this.#addSlot(userName, input.password);
    const created = newPerson(userName, input.displayName, input.role);
    return act.commit({ subject: created.id, details: { role: created.role } }, () => {
      if (this.#people.byUserName(userName)) throw nameTaken(userName);
      this.#people.add(created);
      return created;
    });
  }

  /** @throws AppError `identity/unknown-person`, `identity/last-administrator` */
  setStatus(act: Act, id: string, status: Person['status']): Person {
    const changed = act.commit({ subject: id, details: { status } }, () => {
      const found = this.#people.byId(id);
      if (!found) throw new AppError('identity/unknown-person', 'There is no such person.', { id });
      const others = this.#people.list().filter((other) => other.id !== id && other.role === 'owner' && other.status === 'active');
      if (status === 'disabled' && found.role === 'owner' && others.length === 0)
        throw new AppError('identity/last-owner', 'This is the last active owner of the vault. Make somebody else owner first.', { id });
      this.#people.setStatus(id, status);
      return { ...found, status };
    });
    if (status === 'disabled') this.sessions.endOf(id);
    return changed;
  }

  /** The active person of that name, or null. */
  active(userName: string): Person | null {
    const found = this.#people.byUserName(userName);
    return found?.status === 'active' ? found : null;
  }

  /** Must this person choose a new password before anything else? */
  passwordIsDue(person: Person): boolean {
    if (person.source === 'directory') return false;
    const { maximumAgeDays } = this.#policies.current.password;
    const old = maximumAgeDays > 0 && Date.now() - person.passwordChangedAt > maximumAgeDays * 86_400_000;
    return person.mustChangePassword || old;
  }

  noteSignIn(id: string): void {
    this.#people.setLastSignIn(id, Date.now());
  }
}

export function newPerson(userName: string, displayName: string, role: Role): Person {
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
  };
}

function nameTaken(userName: string): AppError {
  return new AppError('identity/name-taken', 'This user name is taken. Choose another one.', { userName });
}
