import type { Json } from '../../../core/contract/base.ts';

type Schema = { [key: string]: Json };

const names = ['name', 'Betrag', 'été', '合同编号', 'a b', 'quote"d', 'back\\slash', '🙂', 'items', 'x'];
const words = ['paid', 'überfällig', '未付款', 'line\nbreak', '', 'tab\t', 'O’Neil', '🚀 go', '"', '\\'];

/** `count` schemas from a seed: nested objects, lists, enumerations, texts of all scripts, numbers, alternatives. Every value is bounded. */
export function randomSchemas(count: number, uniform: () => number): Schema[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)] as T;
  const some = <T>(from: readonly T[], most: number): T[] => {
    const number = 1 + Math.floor(uniform() * most);
    return [...new Set(Array.from({ length: number }, () => pick(from)))];
  };
  const leaf = (): Schema =>
    pick<() => Schema>([
      () => ({ type: 'string', maxLength: Math.floor(uniform() * 12) }),
      () => ({ type: 'string', minLength: 2, maxLength: 5 }),
      () => ({ type: 'integer' }),
      () => ({ type: 'number' }),
      () => ({ type: 'boolean' }),
      () => ({ type: 'null' }),
      () => ({ type: ['integer', 'null'] }),
      () => ({ enum: some<Json>([...words, 7, -1.5, true, null], 5) }),
      () => ({ const: pick(words) }),
    ])();
  const schema = (depth: number): Schema => {
    const kind = depth === 0 ? 1 : uniform();
    if (kind < 0.4) return object(depth);
    if (kind < 0.6) return { type: 'array', items: schema(depth - 1), maxItems: Math.floor(uniform() * 4) };
    if (kind < 0.7) return { type: 'array', items: schema(0), minItems: 2, maxItems: 3 };
    if (kind < 0.8) return { oneOf: [schema(depth - 1), leaf()] };
    return leaf();
  };
  const object = (depth: number): Schema => ({
    type: 'object',
    properties: Object.fromEntries(some(names, 4).map((name) => [name, schema(depth - 1)])),
  });
  return Array.from({ length: count }, () => object(3));
}

/** What of `value` a schema of the kind above does not allow; null where it is valid. */
export function violation(schema: Schema, value: unknown, path = '$'): string | null {
  const wrong = (why: string) => `${path}: ${why}`;
  const { oneOf } = schema as { oneOf?: Schema[] };
  if (oneOf) return oneOf.some((each) => violation(each, value, path) === null) ? null : wrong('no alternative fits');
  if ('const' in schema) return value === schema['const'] ? null : wrong('another constant');
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value as Json) ? null : wrong('not in the enumeration');
  const types = [schema['type']].flat();
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const matches = types.includes(type) || (types.includes('integer') && Number.isInteger(value));
  if (!matches) return wrong(`is ${type}`);
  if (typeof value === 'number') return Number.isFinite(value) ? null : wrong('no finite number');
  const between = (length: number, least: Json | undefined, most: Json | undefined) =>
    length >= Number(least ?? 0) && length <= Number(most ?? Infinity) ? null : wrong(`length ${length}`);
  if (typeof value === 'string') return between([...value].length, schema['minLength'], schema['maxLength']);
  if (Array.isArray(value)) {
    const inside = value.map((each, i) => violation(schema['items'] as Schema, each, `${path}[${i}]`)).find((each) => each !== null);
    return inside ?? between(value.length, schema['minItems'], schema['maxItems']);
  }
  if (type !== 'object') return null;
  const properties = schema['properties'] as Record<string, Schema>;
  if (JSON.stringify(Object.keys(value as object).sort()) !== JSON.stringify(Object.keys(properties).sort())) return wrong('other keys');
  return (
    Object.entries(properties)
      .map(([name, inner]) => violation(inner, (value as Record<string, unknown>)[name], `${path}.${name}`))
      .find((each) => each !== null) ?? null
  );
}
