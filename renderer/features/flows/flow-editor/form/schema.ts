import type { Json } from '../../../../../electron/core/contract/base.ts';
import { isFields } from '../model/flow-model.ts';

/** The part of JSON Schema 2020-12 that configuration forms use, plus our `x-title-zh`, `x-description-zh` and `x-enum-titles`. */
export type Schema = Readonly<Record<string, Json>>;
export type Language = 'en' | 'zh-CN';

export type FieldKind = 'text' | 'multiline' | 'model' | 'number' | 'boolean' | 'choice' | 'choices' | 'list' | 'object' | 'json';

export type Field = {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
};

const schemaAt = (value: Json | undefined): Schema | undefined => (isFields(value) ? value : undefined);

/** Follows `$ref` into `$defs`, and takes the one real choice of a nullable or optional union. */
export function resolve(schema: Schema, root: Schema): Schema {
  const ref = schema['$ref'];
  if (typeof ref === 'string' && ref.startsWith('#/')) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce<Json | undefined>((at, key) => (isFields(at) ? at[key] : undefined), root as Record<string, Json>);
    const { $ref: _ref, ...own } = schema;
    return isFields(target) ? { ...resolve(target, root), ...own } : own;
  }
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) {
    const real = choices.filter(isFields).filter((choice) => choice['type'] !== 'null');
    const { anyOf: _any, oneOf: _one, ...own } = schema;
    const [only] = real;
    if (only && real.length === 1) return { ...resolve(only, root), ...own };
    const constants = real.map((choice) => choice['const']);
    if (constants.every((constant) => typeof constant === 'string')) return { type: 'string', enum: constants, ...own };
  }
  const types = schema['type'];
  if (!Array.isArray(types)) return schema;
  const [type, ...more] = types.filter((name) => name !== 'null');
  const { type: _type, ...own } = schema;
  return typeof type === 'string' && more.length === 0 ? { ...own, type } : own;
}

/** Whether null is among the values: a nullable union, or a list of types with `null` in it. */
export function nullable(schema: Schema): boolean {
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(schema['type'])) return schema['type'].includes('null');
  return Array.isArray(choices) && choices.some((choice) => isFields(choice) && choice['type'] === 'null');
}

/** Which control edits values of this (resolved) schema. Shapes without a control of their own are edited as JSON. */
export function kindOf(schema: Schema): FieldKind {
  if (Array.isArray(schema['enum'])) return 'choice';
  switch (schema['type']) {
    case 'string':
      if (schema['format'] === 'model') return 'model';
      return schema['format'] === 'multiline' || schema['x-multiline'] === true ? 'multiline' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      if (!isFields(schema['items'])) return 'json';
      return Array.isArray(schema['items']['enum']) ? 'choices' : 'list';
    case 'object':
      return isFields(schema['properties']) ? 'object' : 'json';
    default:
      return 'json';
  }
}

/** The fields of an object schema in their written order. */
export function fieldsOf(schema: Schema, root: Schema): Field[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(schemaAt(schema['properties']) ?? {}).flatMap(([name, value]) =>
    isFields(value) ? [{ name, schema: resolve(value, root), required: required.includes(name) && value['default'] === undefined }] : [],
  );
}

/** The schema of a list's items. */
export function itemsOf(schema: Schema, root: Schema): Schema {
  const items = schemaAt(schema['items']);
  return items ? resolve(items, root) : {};
}

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The title in the page's language; the key itself, made readable, where none is given. */
export function titleOf(schema: Schema, name: string, language: Language): string {
  const readable = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ');
  const fallback = readable.charAt(0).toUpperCase() + readable.slice(1).toLowerCase();
  const english = text(schema['title']) ?? fallback;
  return language === 'zh-CN' ? (text(schema['x-title-zh']) ?? english) : english;
}

export function descriptionOf(schema: Schema, language: Language): string | undefined {
  const english = text(schema['description']);
  return language === 'zh-CN' ? (text(schema['x-description-zh']) ?? english) : english;
}

/** The choices of an enum with their titles, which `x-enum-titles` may give: `{ value: { en, 'zh-CN' } }`. */
export function choicesOf(schema: Schema, language: Language): { value: string; label: string }[] {
  const titles = schemaAt(schema['x-enum-titles']) ?? {};
  return (Array.isArray(schema['enum']) ? schema['enum'] : []).map((choice) => {
    const value = String(choice);
    const title = schemaAt(titles[value]);
    return { value, label: text(title?.[language]) ?? text(title?.['en']) ?? value };
  });
}

/** A value to begin with: the schema's default, else the emptiest value of its shape. */
export function initialValue(schema: Schema, root: Schema): Json {
  if (schema['default'] !== undefined) return structuredClone(schema['default']);
  switch (kindOf(schema)) {
    case 'text':
    case 'multiline':
    case 'model':
      return '';
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 0;
    case 'boolean':
      return false;
    case 'choice':
      return (schema['enum'] as Json[])[0] ?? '';
    case 'choices':
    case 'list':
      return [];
    case 'object':
      return Object.fromEntries(
        fieldsOf(schema, root)
          .filter((field) => field.required || field.schema['default'] !== undefined)
          .map((field) => [field.name, initialValue(field.schema, root)]),
      );
    case 'json':
      return schema['type'] === 'array' ? [] : schema['type'] === 'object' ? {} : null;
  }
}
