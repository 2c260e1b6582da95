import { AppError } from '../errors.ts';

export function unknownPerson(id: string): AppError {
  return new AppError('identity/unknown-person', 'There is no such person.', { id });
}

export function nameTaken(userName: string): AppError {
  return new AppError('identity/name-taken', 'This user name is taken. Choose another one.', { userName });
}

const wrongProofs: ReadonlySet<string> = new Set(['vault/wrong-password', 'vault/wrong-pin', 'identity/directory-refused']);

/** What proving who one is can fail with that counts as a wrong try. */
export function isWrongProof(error: unknown): boolean {
  return error instanceof AppError && wrongProofs.has(error.code);
}
