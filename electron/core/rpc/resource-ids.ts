import type { z } from 'zod';
import { resourceIds, type CaseAccess, type ResourceKind } from '../contract/base.ts';

/** An id in an input that names something of a case. */
export type FoundId = { readonly id: string; readonly resource: ResourceKind; readonly access: CaseAccess | null };
/** A place in a value: names of members, `*` for every element or value. */
export type IdPath = { readonly path: readonly string[]; readonly resource: ResourceKind; readonly access: CaseAccess | null };

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Where the branded ids of a schema stand. The value that is looked at later is the raw one, before any check, so of a
 * pipe its input counts.
 */
export function compileIdPaths(schema: unknown): IdPath[] {
  if (!isSchema(schema)) return [];
  const found = new Map<string, IdPath>();
  collect(schema, [], new Set(), (each) => found.set(`${each.path.join('.')}:${each.resource}:${each.access ?? ''}`, each));
  return [...found.values()];
}

/** The ids at these places of a value; what is no text there is passed over, since the schema refuses it. */
export function findIds(paths: readonly IdPath[], value: unknown): FoundId[] {
  return paths.flatMap(({ path, resource, access }) => textsAt(value, path).map((id) => ({ id, resource, access })));
}

function collect(schema: Schema, path: readonly string[], above: ReadonlySet<Schema>, found: (each: IdPath) => void): void {
  // A recursive schema repeats the places of its first round.
  if (above.has(schema)) return;
  const brand = resourceIds.get(schema as z.ZodType);
  if (brand) found({ path, ...brand });
  const inside = new Set([...above, schema]);
  for (const { step, part } of parts(schema)) collect(part, step === null ? path : [...path, step], inside, found);
}

/** What a schema is made of; `step` null: the same value. */
export function parts(schema: Schema): { step: string | null; part: Schema }[] {
  const def = (schema as z.ZodType).def as Def;
  const same = (...all: readonly (Schema | null | undefined)[]) => all.flatMap((part) => (part ? [{ step: null, part }] : []));
  const each = (...all: readonly (Schema | null | undefined)[]) => all.flatMap((part) => (part ? [{ step: '*', part }] : []));
  switch (def.type) {
    case 'object':
      return [...Object.entries(def.shape).map(([step, part]) => ({ step, part })), ...each(def.catchall)];
    case 'array':
      return each(def.element);
    case 'set':
    case 'map':
    case 'record':
      return each(def.valueType);
    case 'tuple':
      return each(...def.items, def.rest);
    case 'union':
      return same(...def.options);
    case 'intersection':
      return same(def.left, def.right);
    case 'pipe':
      return same(def.in, def.out);
    case 'lazy':
      return same(def.getter());
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'promise':
    case 'success':
      return same(def.innerType);
    default:
      return [];
  }
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*') return Object.values(value).flatMap((each) => textsAt(each, rest));
  return textsAt((value as Record<string, unknown>)[step], rest);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
