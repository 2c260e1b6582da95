import { AppError } from '../errors.ts';
import type { Json } from '../contract/base.ts';

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): no white space, members sorted by the
 * UTF-16 code units of their names, numbers and strings as ECMAScript writes them.
 * Throws `audit/not-json` for what I-JSON has no text for: NaN, infinities, lone surrogates, undefined, class instances.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson('a number that is not finite');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw notJson('a string with half a surrogate pair');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw notJson(typeof value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notJson('an object of a class');
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const member = value[name];
      if (member === undefined) throw notJson(`an undefined member (${name})`);
      return `${canonicalJson(name)}:${canonicalJson(member)}`;
    });
  return `{${members.join(',')}}`;
}

function notJson(what: string): AppError {
  return new AppError('audit/not-json', `This value cannot be written as canonical JSON: it holds ${what}.`);
}
