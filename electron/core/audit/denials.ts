import type { Log } from '../log.ts';
import type { Act, Actor, LeafRecord } from './act.ts';

type Deps = {
  readonly act: (actor: Actor, action: string, setting: { readonly caseId: string | null }) => Act;
  /** Runs what may use the last room on the disk. */
  readonly necessarily: (work: () => void) => void;
  readonly log: Log;
  /** Milliseconds. */
  readonly spanMs?: number;
};
/** One refusal of a call. */
export type Denial = {
  readonly actor: Actor;
  readonly action: string;
  readonly call: string;
  /** Code of the error. */
  readonly reason: string;
  readonly caseId: string | null;
};
type Further = { readonly denial: Denial; readonly tries: number; readonly since: number; readonly lastAt: number };
type Span = { leaves: number; readonly ofCall: Map<string, number>; readonly further: Map<string, Further>; readonly end: NodeJS.Timeout };

/** So many refusals of one call in one session leave a leaf each … */
export const mostOfCall = 20;
/** … and so many of all calls of the session, for there are many calls. */
export const mostOfSession = 200;
const minuteMs = 60_000;

/**
 * Records what was refused. Whoever asks in a loop must not fill the log, and the last room of a full disk with it: in the minute that
 * begins with a session's first refusal, those over the limits are counted, and one leaf for each call says at its end, when the session
 * ends or when the vault is closed how many there were (`tries`) and between when. Nothing is left out of the count but what a crash takes, a minute at most.
 */
export class Denials {
  readonly #deps: Deps;
  /** By session. */
  readonly #spans = new Map<string, Span>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note(denial: Denial): void {
    const span = this.#spanOf(denial.actor.session ?? '');
    const ofCall = span.ofCall.get(denial.call) ?? 0;
    if (ofCall < mostOfCall && span.leaves < mostOfSession) {
      span.ofCall.set(denial.call, ofCall + 1);
      span.leaves += 1;
      if (this.#write(denial, {})) return;
    }
    const now = Date.now();
    count(span, { denial, tries: 1, since: now, lastAt: now });
  }

  /** Writes down what was counted in a session; what cannot be written is counted on, and tried again a minute later. */
  settle(session: string): void {
    for (const left of this.#take(session)) count(this.#spanOf(session), left);
  }

  /** The same a moment later: what ends a session may be a transaction that goes on, and may fail. */
  settleSoon(session: string): void {
    if (this.#spans.has(session)) setImmediate(() => this.settle(session));
  }

  close(): void {
    for (const session of this.#spans.keys()) this.#take(session);
  }

  /** Ends what is counted of a session; returns what could not be written. */
  #take(session: string): Further[] {
    const span = this.#spans.get(session);
    if (!span) return [];
    clearTimeout(span.end);
    this.#spans.delete(session);
    return [...span.further.values()].filter(({ denial, ...figures }) => !this.#write(denial, { repeated: true, ...figures }));
  }

  #spanOf(session: string): Span {
    const known = this.#spans.get(session);
    if (known) return known;
    const end = setTimeout(() => this.settle(session), this.#deps.spanMs ?? minuteMs).unref();
    const span: Span = { leaves: 0, ofCall: new Map(), further: new Map(), end };
    this.#spans.set(session, span);
    return span;
  }

  #write({ actor, action, call, reason, caseId }: Denial, figures: NonNullable<LeafRecord['details']>): boolean {
    const record = { subject: '', outcome: 'denied', reason, details: { call, ...figures } } as const;
    try {
      this.#deps.necessarily(() => this.#deps.act(actor, action, { caseId }).commit(record, () => undefined));
      return true;
    } catch (error) {
      // The call was refused already, and why is what its caller must hear.
      this.#deps.log.bug('audit.failed-call', error);
      return false;
    }
  }
}

function count({ further }: Span, { denial, tries, since, lastAt }: Further): void {
  const key = JSON.stringify([denial.call, denial.reason, denial.caseId]);
  const known = further.get(key);
  further.set(key, known ? { ...known, tries: known.tries + tries, lastAt } : { denial, tries, since, lastAt });
}
