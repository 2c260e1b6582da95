import type { Act, ActAddition } from '../audit/act.ts';
import type { Person, Role } from '../contract/identity.ts';
import type { Secrets } from '../contract/vault.ts';
import { AppError } from '../errors.ts';
import { separatedPolicies } from '../policies/default-policies.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Slot } from '../vault/slots/slot.ts';
import { isWrongProof, nameTaken } from './identity-errors.ts';
import { newPerson, type IdentityService } from './identity.service.ts';
import type { Lockout } from './lockout/lockout.ts';
import { FormerPasswords } from './passwords/former-passwords.ts';
import { requireGoodPassword } from './passwords/password-policy.ts';
import { PeopleRepository } from './people.repository.ts';
import type { PersonSlots } from './person-slots.ts';
import { isAdministrator, requireNotLast, requireOrdinaryRole, requireRecovery, requireRoleChange } from './role-rules.ts';

export type AccountsDeps = {
  readonly db: WritableDb;
  readonly identity: IdentityService;
  readonly slots: PersonSlots;
  readonly policies: PoliciesService;
  readonly lockout: Lockout;
};

export type NewAccount = { readonly userName: string; readonly displayName: string; readonly password: string };

/** Changes of accounts. The row, the key slot and the leaf of a change are there together or not at all. */
export class AccountsService {
  readonly #deps: AccountsDeps;
  readonly #people: PeopleRepository;
  readonly #former: FormerPasswords;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
    this.#people = new PeopleRepository(deps.db);
    this.#former = new FormerPasswords(deps.db);
  }

  /** @throws AppError `identity/name-taken`, `identity/appointed-role`, and what the password policy throws */
  async create(act: Act, input: NewAccount & { role: Role; mustChangePassword?: boolean; source?: Person['source'] }): Promise<Person> {
    requireOrdinaryRole(input.role);
    const { role, source = 'local' } = input;
    // Where duties are separated, who makes an account must not go on knowing its password.
    const mustChangePassword = source === 'local' && (input.mustChangePassword === true || this.#deps.policies.state.mode === 'separated');
    const person = newPerson(input.userName, input.displayName, role, { source, mustChangePassword });
    if (source === 'local') this.#requireGood(input.password, person.userName);
    this.#requireFree(person.userName);
    const store = await this.#prepared(person, input.password);
    return this.#deps.slots.keeping(() =>
      act.commit({ subject: person.id, details: { role, source } }, () => {
        this.#requireFree(person.userName);
        this.#people.add(person);
        store();
        return person;
      }),
    );
  }

  /** A disabled person is signed out everywhere at once; `approval` is used up in the same transaction. @throws AppError `identity/unknown-person`, `identity/last-owner`, `identity/last-administrator`, `identity/no-password` */
  setStatus(act: Act, id: string, status: Person['status'], approval: ActAddition | null = null): Person {
    const { identity, slots, policies } = this.#deps;
    const changed = act.commit({ subject: id, details: { status, ...approval?.details } }, () => {
      approval?.within();
      const found = identity.byId(id);
      if (status === 'disabled') requireNotLast(policies.state.mode, this.#people.list(), found);
      else if (!slots.has(found.userName)) {
        // Of a person of the directory the next sign-in makes a new one, without the former further factors.
        if (found.source === 'directory') this.#people.setSecondFactor(id, null);
        else throw keyDestroyed(id);
      }
      this.#people.setStatus(id, status);
      return identity.byId(id);
    });
    if (status === 'disabled') identity.sessions.endOf(id);
    return changed;
  }

  /**
   * A new password for somebody who has lost theirs; further factors and tokens that opened alone are dropped, and it must be changed at the next sign-in.
   * @throws AppError `identity/unknown-person`, `identity/directory-password`, `identity/administrator-password`, and what the policy throws
   */
  async resetPassword(act: Act, id: string, password: string): Promise<Person> {
    const { identity, slots, policies } = this.#deps;
    const person = identity.byId(id);
    requireLocal(person);
    if (policies.state.mode === 'separated' && isAdministrator(person.role))
      throw new AppError(
        'identity/administrator-password',
        'Where duties are separated no administrator gives another one a password. The recovery code or the custodians’ shares do. Nothing was changed.',
        { id },
      );
    this.#requireGood(password, person.userName);
    const store = await this.#prepared(person, password);
    slots.keeping(() =>
      act.commit(
        (tokenSlots) => ({ subject: id, details: { tokenSlots } }),
        () => {
          store();
          this.#people.setPassword(id, Date.now(), true);
          return this.#dropFactors(person);
        },
      ),
    );
    identity.sessions.endOf(id);
    return identity.byId(id);
  }

  /**
   * One's own password; further factors stay, and all other sessions of the person end.
   * @throws AppError `vault/wrong-password`, `identity/locked-out`, `identity/directory-password`, `identity/password-used-before`, and what the policy throws
   */
  async changePassword(
    act: Act,
    { person, id: sessionId }: { person: Person; id: string },
    proof: Secrets,
    password: string,
  ): Promise<Person> {
    const { identity, slots, lockout, policies } = this.#deps;
    requireLocal(person);
    this.#requireGood(password, person.userName);
    const slot = await lockout.attempt(person.userName, isWrongProof, () => slots.prepareNew(person.userName, proof, password));
    const { history } = policies.current.password;
    if (proof.password === password || (await this.#former.includes(person.id, password, history)))
      throw new AppError('identity/password-used-before', 'This password was used before. Choose another one. Nothing was changed.', {
        history,
      });
    const note = await this.#noted(person.id, password);
    slots.keeping(() =>
      act.commit({ subject: person.id }, () => {
        slots.put(slot);
        this.#people.setPassword(person.id, Date.now(), false);
        note();
      }),
    );
    identity.sessions.endOf(person.id, sessionId);
    identity.sessions.recheck();
    return identity.byId(person.id);
  }

  /**
   * A new password for somebody for whom a recovery slot was opened; further factors and tokens that opened alone are dropped, and a lock-out is lifted.
   * @throws AppError `identity/directory-password` and what the policy throws
   */
  async recoverPassword(act: Act, person: Person, password: string, opened: Pick<Slot, 'id' | 'kind'>): Promise<void> {
    const { identity, slots, lockout } = this.#deps;
    requireLocal(person);
    this.#requireGood(password, person.userName);
    const store = await this.#prepared(person, password);
    slots.keeping(() =>
      act.commit(
        (tokenSlots) => ({ subject: person.id, details: { by: opened.kind, slot: opened.id, tokenSlots } }),
        () => {
          store();
          this.#people.setPassword(person.id, Date.now(), false);
          return this.#dropFactors(person);
        },
      ),
    );
    lockout.lift(person.userName);
    identity.sessions.endOf(person.id);
  }

  /** Acts at once, in every session. @throws AppError `identity/unknown-person` and what `requireRoleChange` throws */
  setRole(act: Act, id: string, role: Role): Person {
    const { identity, policies } = this.#deps;
    act.commit({ subject: id, details: { role } }, () => {
      requireRoleChange(policies.state.mode, this.#people.list(), identity.byId(id), role, act.actor.personId);
      this.#people.setRole(id, role);
    });
    identity.sessions.recheck();
    return identity.byId(id);
  }

  /**
   * 三员分立: three administrators are appointed, nobody is owner any more, and the rules are raised. There is no way back.
   * @throws AppError `identity/recovery-first`, `identity/already-separated`, `identity/name-taken`, and what the raised password policy throws
   */
  async separateDuties(
    act: Act,
    input: { system: NewAccount; security: NewAccount; audit: NewAccount; ownRole: Extract<Role, 'analyst' | 'model-steward' | 'viewer'> },
  ): Promise<Person[]> {
    const { identity, slots, policies } = this.#deps;
    requireRecovery(slots.hasRecovery);
    const rules = separatedPolicies(policies.current).password;
    const wanted = [
      { account: input.system, role: 'system-administrator' },
      { account: input.security, role: 'security-administrator' },
      { account: input.audit, role: 'audit-administrator' },
    ] as const;
    const prepared: { person: Person; store: () => void }[] = [];
    for (const { account, role } of wanted) {
      requireGoodPassword(account.password, account.userName, rules);
      const person = newPerson(account.userName, account.displayName, role, { mustChangePassword: true });
      prepared.push({ person, store: await this.#prepared(person, account.password) });
    }
    try {
      slots.keeping(() =>
        act.commit({ subject: '', details: { ownRole: input.ownRole, administrators: prepared.map(({ person }) => person.id) } }, () => {
          if (policies.state.mode === 'separated')
            throw new AppError('identity/already-separated', 'Duties are separated in this vault already. Nothing was changed.');
          requireRecovery(slots.hasRecovery);
          for (const owner of this.#people.list().filter(({ role }) => role === 'owner')) this.#people.setRole(owner.id, input.ownRole);
          for (const { person, store } of prepared) {
            this.#requireFree(person.userName);
            this.#people.add(person);
            store();
          }
          policies.separate();
        }),
      );
    } finally {
      policies.forget();
    }
    identity.sessions.recheck();
    return identity.list();
  }

  /** Lifts a lock-out. @throws AppError `identity/unknown-person` */
  unlock(act: Act, id: string): Person {
    const person = this.#deps.identity.byId(id);
    act.commit({ subject: id }, () => undefined);
    this.#deps.lockout.lift(person.userName);
    return this.#deps.identity.byId(id);
  }

  /** Part of the transaction that begins a new vault key: who is disabled gets none of it. */
  dropDisabledSlots(): void {
    this.#deps.slots.drop(
      this.#people
        .list()
        .filter(({ status }) => status === 'disabled')
        .map(({ userName }) => userName),
    );
  }

  /** Does what takes long; the answer stores slot and hash inside a transaction. */
  async #prepared(person: Person, password: string): Promise<() => void> {
    const slot = await this.#deps.slots.prepare(person.userName, password);
    const note = person.source === 'local' ? await this.#noted(person.id, password) : () => undefined;
    return () => {
      this.#deps.slots.put(slot);
      note();
    };
  }

  async #noted(personId: string, password: string): Promise<() => void> {
    const { history } = this.#deps.policies.current.password;
    if (history === 0) return () => undefined;
    const hash = await this.#former.hash(password);
    return () => this.#former.note(personId, hash, history);
  }

  /** Whoever had the former proofs has nothing any more; how many tokens opened the vault alone. */
  #dropFactors({ id, userName }: Person): number {
    this.#people.setSecondFactor(id, null);
    return this.#deps.slots.dropTokens(userName);
  }

  #requireGood(password: string, userName: string): void {
    requireGoodPassword(password, userName, this.#deps.policies.current.password);
  }

  #requireFree(userName: string): void {
    if (this.#people.byUserName(userName)) throw nameTaken(userName);
  }
}

function keyDestroyed(id: string): AppError {
  return new AppError(
    'identity/no-password',
    'The key of this account was destroyed when the vault key was replaced. Give it a new password first, then enable it.',
    { id },
  );
}

/** @throws AppError `identity/directory-password` */
export function requireLocal(person: Pick<Person, 'source'>): void {
  if (person.source === 'directory')
    throw new AppError('identity/directory-password', 'The directory looks after this password. Change it there. Nothing was changed.');
}
