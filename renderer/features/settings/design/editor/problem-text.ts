import type { TemplateProblem } from '../../../../../electron/core/contract/index.ts';
import { describe } from '../../../../lib/errors.ts';

/** A problem in the page's language, with what it is about; the engine's own words where they say more. */
export function problemText({ code, message, name }: TemplateProblem): string {
  const text = describe({ code, message });
  if (text === message) return message;
  const more = code === 'templates/syntax' ? message : name;
  return more === null ? text : `${text} (${more})`;
}
