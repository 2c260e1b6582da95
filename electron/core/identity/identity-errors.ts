import { AppError } from '../errors.ts';

export function unknownPerson(id: string): AppError {
  return new AppError('identity/unknown-person', 'There is no such person.', { id });
}

export function nameTaken(userName: string): AppError {
  return new AppError('identity/name-taken', 'This user name is taken. Choose another one.', { userName });
}

/** What proving who one is can fail with that counts as a wrong try. */
export function isWrongProof(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'vault/wrong-password' || error.code === 'vault/wrong-pin');
}
