import { ORPCError } from '@orpc/client';
import { i18n } from './i18n.ts';

/** An error as the page handles it: a code to switch on, and the values for its translation. */
export type Failure = { readonly code: string; readonly message: string; readonly details: Readonly<Record<string, unknown>> };

/** The channel to core ended while a call was under way. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Nobody is signed in (any more), so the call was not sent. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** How Chromium and the bundler say that a part of the page is not there: it was replaced by another version. */
const chunkMissing = /dynamically imported module|preload CSS/;

/** Brings any thrown value into one shape; unknown errors get `internal/bug`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ConnectionLost) return { code: 'connection/lost', message: error.message, details: {} };
  if (error instanceof SignedOut) return { code: 'identity/signed-out', message: error.message, details: {} };
  if (error instanceof ORPCError) return { code: error.code, message: error.message, details: detailsOf(error.data) };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'request/cancelled', message: error.message, details: {} };
  if (error instanceof Error && chunkMissing.test(error.message)) return { code: 'page/outdated', message: error.message, details: {} };
  return { code: 'internal/bug', message: error instanceof Error ? error.message : String(error), details: {} };
}

export function codeOf(error: unknown): string {
  return toFailure(error).code;
}

/** True where the person (or the page) ended it: nothing to report. */
export function isCancelled(error: unknown): boolean {
  return codeOf(error) === 'request/cancelled';
}

/**
 * What to show: the translation of the code where there is one, else the message core sent. English is core's own;
 * `locales/zh-CN/errors.json` translates every code a person can meet (a test compares it with the sources of core).
 */
export function describeError(error: unknown): string {
  return describe(toFailure(error));
}

/** As `describeError`, for an error that arrived as data (`{ code, message }` of a document, run or step). */
export function describe(failure: {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}): string {
  const key = `errors:${failure.code.replace('/', '.')}`;
  return i18n.exists(key) ? i18n.t(key, { ...failure.details }) : failure.message || i18n.t('errors:internal.bug');
}

function detailsOf(data: unknown): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return {};
  const { details } = data as { details?: unknown };
  return (typeof details === 'object' && details !== null ? details : data) as Record<string, unknown>;
}
