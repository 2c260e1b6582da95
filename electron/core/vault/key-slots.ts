import { createHmac } from 'node:crypto';
import { AppError } from '../errors.ts';

/** User names that fold to the same text are the same name: they share a slot, so they must share a row too. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Finds a person's slot without storing the name. */
export function slotPerson(vaultId: string, userName: string): string {
  return createHmac('sha256', vaultId).update(foldUserName(userName)).digest('hex');
}

/** The same answer for an unknown user name and a wrong password. */
export function wrongPassword(cause?: unknown): AppError {
  return new AppError('vault/wrong-password', 'The user name or the password is wrong. Nothing was changed.', {}, { cause });
}
