import { describe, type Failure } from '../../lib/errors.ts';
import { i18n } from '../../lib/i18n.ts';

/** An error of the assistant in the person's language: what happened, what was kept and what to do. */
export function failureText(failure: Pick<Failure, 'code' | 'message'> & { readonly details?: Failure['details'] }): string {
  const key = `assistant:errors.${failure.code.replace('/', '.')}`;
  return i18n.exists(key) ? i18n.t(key, { ...failure.details }) : describe(failure);
}
