import type { Json } from '../../../../../electron/core/contract/base.ts';
import { isFields, type Path } from '../model/flow-model.ts';
import { fieldsOf, itemsOf, nullable, resolve, type Schema } from './schema.ts';

export type Fault = {
  /** Dotted path of the value at fault, `''` for the whole. */
  readonly path: string;
  readonly code:
    | 'required'
    | 'type'
    | 'choice'
    | 'too-short'
    | 'too-long'
    | 'pattern'
    | 'too-small'
    | 'too-big'
    | 'too-few'
    | 'too-many'
    | 'duplicate';
  /** The limit that was passed, for the text. */
  readonly limit?: number;
};

export const pathKey = (path: Path): string => path.join('.');

/**
 * Checks a configuration against its schema for messages beside the fields. Core checks again when it matters, so what
 * this does not know (conditions, unions of objects) is left to it.
 */
export function validate(schema: Schema, value: Json | undefined, root: Schema = schema, path: Path = []): Fault[] {
  const at = pathKey(path);
  const rule = resolve(schema, root);
  if (value === undefined) return [];
  if (value === null && nullable(schema)) return [];
  const choices = rule['enum'];
  if (Array.isArray(choices)) return choices.includes(value) ? [] : [{ path: at, code: 'choice' }];
  switch (rule['type']) {
    case 'string':
      return typeof value === 'string' ? stringFaults(rule, value, at) : [{ path: at, code: 'type' }];
    case 'number':
    case 'integer':
      return numberFaults(rule, value, at);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [{ path: at, code: 'type' }];
    case 'array':
      return Array.isArray(value) ? listFaults(rule, value, root, path) : [{ path: at, code: 'type' }];
    case 'object':
      return isFields(value) ? objectFaults(rule, value, root, path) : [{ path: at, code: 'type' }];
    default:
      return [];
  }
}

function stringFaults(rule: Schema, value: string, path: string): Fault[] {
  const { minLength, maxLength, pattern } = rule;
  if (typeof minLength === 'number' && value.length < minLength) {
    return [minLength === 1 ? { path, code: 'required' } : { path, code: 'too-short', limit: minLength }];
  }
  if (typeof maxLength === 'number' && value.length > maxLength) return [{ path, code: 'too-long', limit: maxLength }];
  return typeof pattern === 'string' && !matches(pattern, value) ? [{ path, code: 'pattern' }] : [];
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // A pattern of another dialect is core's to judge.
    return true;
  }
}

function numberFaults(rule: Schema, value: Json, path: string): Fault[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = rule;
  if (typeof value !== 'number' || (rule['type'] === 'integer' && !Number.isInteger(value))) return [{ path, code: 'type' }];
  if (typeof minimum === 'number' && value < minimum) return [{ path, code: 'too-small', limit: minimum }];
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return [{ path, code: 'too-small', limit: exclusiveMinimum }];
  if (typeof maximum === 'number' && value > maximum) return [{ path, code: 'too-big', limit: maximum }];
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return [{ path, code: 'too-big', limit: exclusiveMaximum }];
  return [];
}

function listFaults(rule: Schema, value: readonly Json[], root: Schema, path: Path): Fault[] {
  const at = pathKey(path);
  const { minItems, maxItems } = rule;
  const faults = value.flatMap((item, index) => validate(itemsOf(rule, root), item, root, [...path, index]));
  if (typeof minItems === 'number' && value.length < minItems) faults.unshift({ path: at, code: 'too-few', limit: minItems });
  if (typeof maxItems === 'number' && value.length > maxItems) faults.unshift({ path: at, code: 'too-many', limit: maxItems });
  if (rule['uniqueItems'] === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    faults.unshift({ path: at, code: 'duplicate' });
  }
  return faults;
}

function objectFaults(rule: Schema, value: Record<string, Json>, root: Schema, path: Path): Fault[] {
  return fieldsOf(rule, root).flatMap((field): Fault[] => {
    const held = value[field.name];
    if (held === undefined) return field.required ? [{ path: pathKey([...path, field.name]), code: 'required' }] : [];
    return validate((rule['properties'] as Record<string, Schema>)[field.name] ?? {}, held, root, [...path, field.name]);
  });
}
