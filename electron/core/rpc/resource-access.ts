import type { CaseAccess, ProcedureMeta, ResourceKind } from '../contract/base.ts';
import type { Place } from '../cases/locate.ts';
import { notFound } from '../cases/no-access.ts';
import type { Scope } from '../cases/scope.ts';
import { compileIdPaths, findIds, type IdPath } from './resource-ids.ts';

type Locate = (kind: ResourceKind, ids: Iterable<string>) => ReadonlyMap<string, Place>;
/** Something that an input names, and its case. */
export type Named = { readonly kind: ResourceKind; readonly id: string; readonly caseId: string };
type Need = { readonly access: CaseAccess; readonly caseId: string };

const compiled = new WeakMap<object, readonly IdPath[]>();

/** What a call needs to be allowed, in the cases of everything its input names; asked again while its answer streams. */
export class ResourceAccess {
  readonly #scope: Scope;
  readonly #needs: readonly Need[];
  readonly named: readonly Named[];

  private constructor(scope: Scope, needs: readonly Need[], named: readonly Named[]) {
    this.#scope = scope;
    this.#needs = needs;
    this.named = named;
  }

  /**
   * Finds the ids that the contract brands in the raw input of a call.
   * @throws AppError `request/not-found` for what is not there, or is but not for this person: which of both, nobody can tell
   */
  static of(schema: unknown, meta: ProcedureMeta, input: unknown, scope: Scope, locate: Locate): ResourceAccess {
    const needs = new Map<string, Need>();
    const named: Named[] = [];
    const found = findIds(pathsOf(schema), input);
    for (const [kind, ofKind] of Map.groupBy(found, ({ resource }) => resource)) {
      const needed = ofKind.filter(({ access }) => (access ?? meta.access) !== null);
      const places = needed.length > 0 ? locate(kind, new Set(needed.map(({ id }) => id))) : new Map<string, Place>();
      for (const { id, access: own } of needed) {
        const access = own ?? meta.access;
        const place = places.get(id);
        if (!place || (place.personId !== null && place.personId !== scope.personId)) throw notFound();
        named.push({ kind, id, caseId: place.caseId });
        if (access) needs.set(`${access} ${place.caseId}`, { access, caseId: place.caseId });
      }
    }
    const access = new ResourceAccess(scope, [...needs.values()], named);
    access.check();
    return access;
  }

  /** The case of all that the input names, where it is exactly one. */
  get caseId(): string | null {
    const [first = null, ...others] = new Set(this.#needs.map(({ caseId }) => caseId));
    return others.length === 0 ? first : null;
  }

  /** @throws AppError `request/not-found`, `cases/no-access`, `cases/closed` */
  check(): void {
    for (const { access, caseId } of this.#needs) this.#scope.require(access, caseId);
  }
}

function pathsOf(schema: unknown): readonly IdPath[] {
  if (typeof schema !== 'object' || schema === null) return [];
  let paths = compiled.get(schema);
  if (!paths) {
    paths = compileIdPaths(schema);
    compiled.set(schema, paths);
  }
  return paths;
}
