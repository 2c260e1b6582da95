import { i18n } from '../../lib/i18n.ts';

/** The action in words where there are some, else its code. */
export function actionName(action: string): string {
  const key = `audit:action.${action}`;
  return i18n.exists(key) ? i18n.t(key) : action;
}

/** The part of the product that an action belongs to, in words where there are some. */
export function areaName(area: string): string {
  const key = `audit:area.${area}`;
  return i18n.exists(key) ? i18n.t(key) : area;
}

/** A name of a field of an entry's details, in words where there are some. */
export function fieldName(field: string): string {
  const key = `audit:field.${field}`;
  return i18n.exists(key) ? i18n.t(key) : field;
}

/** Every action that has a name, in the order of their areas. */
export function knownActions(): readonly string[] {
  const names: unknown = i18n.getResource('en', 'audit', 'action');
  return typeof names === 'object' && names !== null
    ? Object.entries(names).flatMap(([area, acts]) => Object.keys(acts as object).map((act) => `${area}.${act}`))
    : [];
}

export function areaOf(action: string): string {
  return action.split('.')[0] ?? action;
}
