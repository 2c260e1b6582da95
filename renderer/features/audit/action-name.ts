import { i18n } from '../../lib/i18n.ts';

/** The action in words where there are some, else its code. */
export function actionName(action: string): string {
  const key = `audit:action.${action}`;
  return i18n.exists(key) ? i18n.t(key) : action;
}
