import { toFailure } from './errors.ts';

/** Where requests for a second person are seen and decided. */
export const approvalsRoute = ['settings', ['approvals']] as const;

/**
 * The four-eyes policy kept a call back until a second person agrees: the id of the request that was noted, else null.
 * Once it is approved, making the same call again goes through.
 */
export function approvalIdOf(error: unknown): string | null {
  const { code, details } = toFailure(error);
  const id = details['approvalId'];
  return code === 'approvals/required' ? (typeof id === 'string' ? id : '') : null;
}
