import type { TokenInfo } from 'pkcs11js';
import { AppError } from '../../../errors.ts';
import type { Pkcs11Module } from './addon.ts';

export function tokenMissing(serial: string, label: string): AppError {
  const which = label === '' ? 'The token' : `The token “${label}”`;
  return new AppError('vault/token-missing', `${which} is not plugged in. Plug it in and try again; nothing was changed.`, {
    serial,
    label,
  });
}

export function keyMissing(label: string): AppError {
  return new AppError(
    'vault/token-key-missing',
    `The token “${label}” does not hold the key of this vault any more. Open the vault in another way; nothing was changed.`,
    { label },
  );
}

export function tokenUnsuitable(label: string, cause?: unknown): AppError {
  return new AppError(
    'vault/token-unsuitable',
    `The token “${label}” cannot be used: it has no RSA key of 2048 bits or more that decrypts, and makes none. Nothing was changed.`,
    { label },
    { cause },
  );
}

export function tokenFailed(label: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : 'unknown';
  const removed = /CKR_(DEVICE_REMOVED|TOKEN_NOT_PRESENT|SESSION_HANDLE_INVALID|SLOT_ID_INVALID|TOKEN_NOT_RECOGNIZED)/.test(reason);
  if (removed)
    return new AppError(
      'vault/token-missing',
      `The token “${label}” was removed. Plug it in and try again; nothing was changed.`,
      { serial: '', label },
      { cause },
    );
  return new AppError(
    'vault/token-failed',
    `The token “${label}” refused with ${reason}. Nothing was changed.`,
    { label, reason },
    { cause },
  );
}

/** PKCS#11 tells how many tries are left only roughly: all used up, one, few, or nothing. `now` is read after the failure. */
export function pinRefused(api: Pkcs11Module, now: TokenInfo, cause: unknown): AppError {
  const label = now.label.trim();
  if ((now.flags & api.CKF_USER_PIN_LOCKED) !== 0 || isCode(cause, api.CKR_PIN_LOCKED))
    return new AppError(
      'vault/pin-locked',
      `The PIN of the token “${label}” is locked after too many wrong tries. Its administrator unlocks it.`,
      { label },
      { cause },
    );
  const last = (now.flags & api.CKF_USER_PIN_FINAL_TRY) !== 0;
  const few = (now.flags & api.CKF_USER_PIN_COUNT_LOW) !== 0;
  const warning = last
    ? ' One try is left before the token locks itself.'
    : few
      ? ' Few tries are left before the token locks itself.'
      : '';
  return new AppError(
    'vault/wrong-pin',
    `The PIN is wrong.${warning} Nothing was changed.`,
    { label, triesLeft: last ? 1 : null, few: few || last },
    { cause },
  );
}

export function isCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof Error && codes.includes((error as { code?: unknown }).code as number);
}
