import type { ResourceKind } from '../contract/base.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Act, Actor } from './act.ts';

type Named = { readonly kind: ResourceKind; readonly id: string; readonly caseId: string };
type Deps = {
  readonly db: WritableDb;
  readonly act: (actor: Actor, action: string) => Act;
  /** By policy: the labels of cases in which reading is recorded. */
  readonly labels: () => readonly string[];
  /** Milliseconds of a clock that nobody can set. */
  readonly now?: () => number;
};

const hourMs = 3_600_000;
/** More than one person reads in an hour. */
const mostRemembered = 10_000;

/**
 * Records that content of a classified case was read: one leaf for each person, thing and hour, not for every page. It is
 * written before anything is shown, and what cannot be recorded is not shown.
 */
export class ClassifiedReads {
  readonly #deps: Deps;
  readonly #now: () => number;
  /** Person and thing → when it was recorded last. */
  readonly #recorded = new Map<string, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#now = deps.now ?? (() => performance.now());
  }

  /** `named`: what a call names; where it names nothing, it may show something of any of the cases `all` gives. */
  note(actor: Actor, named: readonly Named[], all: () => Iterable<string>): void {
    const labels = new Set(this.#deps.labels());
    if (labels.size === 0) return;
    const things = named.length > 0 ? named : [...all()].map((id): Named => ({ kind: 'case', id, caseId: id }));
    const now = this.#now();
    for (const { kind, id, caseId } of things) {
      const key = JSON.stringify([actor.personId, kind, id]);
      if (now - (this.#recorded.get(key) ?? Number.NEGATIVE_INFINITY) < hourMs) continue;
      const label = this.#labelOf(caseId);
      if (label === null || !labels.has(label)) continue;
      this.#deps.act(actor, 'cases.read-classified').commit({ subject: id, caseId, details: { kind, label } }, () => undefined);
      this.#remember(key, now);
    }
  }

  #remember(key: string, now: number): void {
    if (this.#recorded.size >= mostRemembered) for (const [each, at] of this.#recorded) if (now - at >= hourMs) this.#recorded.delete(each);
    if (this.#recorded.size >= mostRemembered) this.#recorded.clear();
    this.#recorded.set(key, now);
  }

  #labelOf(caseId: string): string | null {
    return (this.#deps.db.prepare('SELECT classification FROM cases WHERE id = ?').pluck().get(caseId) as string | undefined) ?? null;
  }
}
