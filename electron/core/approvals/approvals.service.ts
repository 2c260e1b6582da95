import { randomUUID } from 'node:crypto';
import { actorOf, type Act, type ActAddition, type Actor } from '../audit/act.ts';
import type { Approval } from '../contract/approvals.ts';
import type { ApprovalClass, Json } from '../contract/base.ts';
import type { Person } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import { permissionsOf } from '../identity/permissions.ts';
import { Topic } from '../ipc/topic.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { WritableDb } from '../vault/database.ts';
import { ApprovalsRepository, type StoredApproval } from './approvals.repository.ts';
import { hashInput } from './input-hash.ts';
import { shownInput } from './shown-input.ts';

export type ApprovalsDeps = {
  readonly db: WritableDb;
  readonly people: () => readonly Person[];
  readonly policies: PoliciesService;
  readonly act: (actor: Actor, action: string) => Act;
};

/** A command about to run, with the whole of its validated input. */
export type GuardedCommand = {
  readonly call: string;
  readonly class: ApprovalClass;
  readonly input: Json;
  readonly person: Person;
  /** Id of the session that asks. */
  readonly session?: string | null;
};

/** The right to make one call, used up in the transaction of its first leaf. Released where the call failed before. */
export type ApprovalTicket = ActAddition & { release(): void };

/** What a person may have waiting at a time. */
const mostWaiting = 50;
/** How often a watcher looks for requests that lapsed, ms. */
const lapseMs = 60_000;

/** The four-eyes rule: what a policy names runs only after a second person agreed to exactly this call. */
export class ApprovalsService {
  readonly #deps: ApprovalsDeps;
  readonly #repository: ApprovalsRepository;
  readonly #changed = new Topic<null>(1);
  readonly #taken = new Set<string>();

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
    this.#repository = new ApprovalsRepository(deps.db);
  }

  /**
   * The approval of this call; null where the policy asks for none.
   * @throws AppError `approvals/required` (details.approvalId) after noting the request, `approvals/nobody`, `approvals/too-many`
   */
  take(command: GuardedCommand): ApprovalTicket | null {
    const { policies } = this.#deps;
    if (!policies.current.fourEyes.includes(command.class)) return null;
    const open = this.#repository.open(command.person.id, Date.now());
    const hash = hashInput(command.person.id, command.call, command.input);
    const people = this.#people();
    const same = open.filter(
      (each) => each.call === command.call && !this.#taken.has(each.id) && each.inputHash === hash && stands(each, people),
    );
    const approved = same.find(({ state }) => state === 'approved');
    if (approved) return this.#ticket(approved);
    const waiting = same[0] ?? this.#request(command, hash, open.length);
    throw new AppError(
      'approvals/required',
      'The policy of this vault asks for a second person here. Your request was noted; nothing was changed. Repeat the call once it was approved.',
      { approvalId: waiting.id },
    );
  }

  /**
   * The approval that rules become less strict, the four-eyes rule itself first: no one person does so alone. Where there is
   * nobody else who could approve, the rule protects nothing and only stands in the way, so null.
   * @throws as `take`
   */
  takeToGiveUp(command: GuardedCommand): ApprovalTicket | null {
    try {
      return this.take(command);
    } catch (error) {
      if (error instanceof AppError && error.code === 'approvals/nobody') return null;
      throw error;
    }
  }

  /** Newest first: one's own requests and those one may decide. */
  list(person: Person): Approval[] {
    const all = this.#repository.list(Date.now());
    const mine = mayDecideAny(person) ? all : all.filter(({ requestedBy }) => requestedBy === person.id);
    const people = this.#people();
    return mine.map((each) => shown(each, person, people));
  }

  /** @throws AppError `approvals/not-found`, `approvals/own-request`, `approvals/settled` */
  decide(act: Act, person: Person, decision: { id: string; approved: boolean; comment: string }): Approval {
    const { id, approved, comment } = decision;
    act.commit({ subject: id, details: { approved } }, () => {
      const found = this.#repository.byId(id);
      if (!found) throw notFound(id);
      if (found.requestedBy === person.id)
        throw new AppError('approvals/own-request', 'This is your own request. Somebody else has to decide it.', { id });
      if (stateOf(found) !== 'waiting') throw settled(id);
      this.#repository.settle(id, { state: approved ? 'approved' : 'refused', decidedBy: person.id, decidedAt: Date.now(), comment });
    });
    this.#changed.publish(null);
    return this.#one(id, person);
  }

  /** @throws AppError `approvals/not-found`, `approvals/settled` */
  withdraw(act: Act, person: Person, id: string): Approval {
    act.commit({ subject: id }, () => {
      const found = this.#repository.byId(id);
      if (found?.requestedBy !== person.id) throw notFound(id);
      const state = stateOf(found);
      if ((state !== 'waiting' && state !== 'approved') || this.#taken.has(id)) throw settled(id);
      this.#repository.settle(id, { ...found, state: 'withdrawn' });
    });
    this.#changed.publish(null);
    return this.#one(id, person);
  }

  /** The present figures at once, then each change. */
  async *watch(person: Person, signal?: AbortSignal): AsyncGenerator<{ toDecide: number; toUse: number }, void, void> {
    const changes = this.#changed.subscribe(signal);
    const tick = setInterval(() => this.#changed.publish(null), lapseMs).unref();
    try {
      let last = '';
      for (;;) {
        // The role may have changed since.
        const list = this.list(this.#deps.people().find(({ id }) => id === person.id) ?? person);
        const figures = { toDecide: list.filter((each) => each.mayDecide).length, toUse: list.filter((each) => each.mayUse).length };
        const text = JSON.stringify(figures);
        if (text !== last) yield figures;
        last = text;
        if ((await changes.next()).done) return;
      }
    } finally {
      clearInterval(tick);
      await changes.return?.();
    }
  }

  #people(): ReadonlyMap<string, Person> {
    return new Map(this.#deps.people().map((each) => [each.id, each]));
  }

  #one(id: string, person: Person): Approval {
    const found = this.#repository.byId(id);
    if (!found) throw notFound(id);
    return shown(found, person, this.#people());
  }

  #request({ call, class: kind, input, person, session = null }: GuardedCommand, inputHash: string, open: number): StoredApproval {
    if (!this.#deps.people().some((each) => each.id !== person.id && each.status === 'active' && mayDecideAny(each)))
      throw new AppError(
        'approvals/nobody',
        'The policy of this vault asks for a second person here, and nobody but you could approve. Nothing was changed. Give a second person a role that may approve, or take this out of the policy.',
      );
    if (open >= mostWaiting)
      throw new AppError(
        'approvals/too-many',
        'Too many of your requests wait for approval. Nothing was changed. Withdraw some of them first.',
      );
    const now = Date.now();
    const request: StoredApproval = {
      id: randomUUID(),
      call,
      class: kind,
      input: shownInput(input),
      inputHash,
      requestedBy: person.id,
      requestedAt: now,
      expiresAt: now + this.#deps.policies.current.approvalHours * 3_600_000,
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      comment: '',
    };
    this.#deps
      .act(actorOf(person, session), 'approvals.request')
      .commit({ subject: request.id, details: { call, class: kind } }, () => this.#repository.add(request));
    this.#changed.publish(null);
    return request;
  }

  /** Two calls at once cannot both go by one approval, even before the first has left its leaf. */
  #ticket({ id, decidedBy }: StoredApproval): ApprovalTicket {
    this.#taken.add(id);
    const approver = this.#deps.people().find((each) => each.id === decidedBy);
    return {
      details: { approval: id, approvedBy: approver?.userName ?? '' },
      within: () => {
        const now = this.#repository.byId(id);
        if (!now || stateOf(now) !== 'approved' || !stands(now, this.#people())) throw settled(id);
        this.#repository.settle(id, { ...now, state: 'used' });
      },
      release: () => {
        this.#taken.delete(id);
        this.#changed.publish(null);
      },
    };
  }
}

function mayDecideAny(person: Person): boolean {
  return permissionsOf(person.role).includes('approvals.decide');
}

/** The word of who was disabled since, or may not decide any more, counts for nothing. */
function stands({ state, decidedBy }: StoredApproval, people: ReadonlyMap<string, Person>): boolean {
  const approver = people.get(decidedBy ?? '');
  return state !== 'approved' || (approver?.status === 'active' && mayDecideAny(approver));
}

function stateOf(stored: StoredApproval): Approval['state'] {
  const open = stored.state === 'waiting' || stored.state === 'approved';
  return open && stored.expiresAt <= Date.now() ? 'expired' : stored.state;
}

function shown(stored: StoredApproval, to: Person, people: ReadonlyMap<string, Person>): Approval {
  const { inputHash: _inputHash, ...rest } = stored;
  const state = stateOf(stored);
  const { userName = '', displayName = '' } = people.get(stored.requestedBy) ?? {};
  return {
    ...rest,
    state,
    requestedBy: { id: stored.requestedBy, userName, displayName },
    decidedBy: stored.decidedBy === null ? null : (people.get(stored.decidedBy)?.userName ?? ''),
    mayDecide: state === 'waiting' && stored.requestedBy !== to.id && mayDecideAny(to),
    mayUse: state === 'approved' && stored.requestedBy === to.id && stands(stored, people),
  };
}

function notFound(id: string): AppError {
  return new AppError('approvals/not-found', 'There is no such request.', { id });
}

function settled(id: string): AppError {
  return new AppError('approvals/settled', 'This request was decided, withdrawn or used already, or it has lapsed. Ask anew.', { id });
}
