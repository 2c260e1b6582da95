import type { z } from 'zod';
import { resourceIds, type ResourceKind } from '../contract/base.ts';
import { compileIdPaths, parts } from '../rpc/resource-ids.ts';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];
/** Ids to put where a branded id stands; in a list, all of them. */
type Ids = (place: { readonly path: string; readonly resource: ResourceKind }) => readonly string[];

/**
 * The smallest input a schema accepts, with every branded id filled in, optional ones too. Of alternatives it takes the
 * one that has an id at `wanted`, otherwise the first.
 */
export function sampleInput(schema: Schema, ids: Ids, wanted = '', path: readonly string[] = []): unknown {
  const brand = resourceIds.get(schema as z.ZodType);
  if (brand) return ids({ path: path.join('.'), resource: brand.resource })[0];
  const def = (schema as z.ZodType).def as Def;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape)
          .map(([name, part]) => [name, sampleInput(part, ids, wanted, [...path, name])])
          .filter(([, value]) => value !== undefined),
      );
    case 'array': {
      const element = resourceIds.get(def.element as z.ZodType);
      if (element) return [...ids({ path: [...path, '*'].join('.'), resource: element.resource })];
      return schemaAccepts(schema, []) ? [] : [sampleInput(def.element, ids, wanted, [...path, '*'])];
    }
    case 'optional':
    case 'default':
    case 'prefault':
      return hasIds(def.innerType) ? sampleInput(def.innerType, ids, wanted, path) : undefined;
    case 'nullable':
    case 'readonly':
    case 'nonoptional':
      return sampleInput(def.innerType, ids, wanted, path);
    case 'union':
      return sampleInput((def.options.find((option) => hasPlace(option, wanted, path)) ?? def.options[0]) as Schema, ids, wanted, path);
    case 'pipe':
      return sampleInput(def.in, ids, wanted, path);
    case 'literal':
      return def.values[0];
    case 'enum':
      return Object.values(def.entries)[0];
    case 'record':
      return {};
    case 'boolean':
      return true;
    case 'number':
      return [1, 200, 0].find((value) => schemaAccepts(schema, value));
    case 'string':
      return ['x', 'x'.repeat(12), 'a'.repeat(64), 'ldaps://x'].find((value) => schemaAccepts(schema, value)) ?? 'x';
    default:
      return null;
  }
}

function hasIds(schema: Schema, above: readonly Schema[] = []): boolean {
  if (resourceIds.get(schema as z.ZodType)) return true;
  return !above.includes(schema) && parts(schema).some(({ part }) => hasIds(part, [...above, schema]));
}

function hasPlace(schema: Schema, wanted: string, above: readonly string[]): boolean {
  return compileIdPaths(schema).some(({ path }) => [...above, ...path].join('.') === wanted);
}

function schemaAccepts(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}
