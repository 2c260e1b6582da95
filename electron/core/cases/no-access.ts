import { AppError } from '../errors.ts';

/** The one answer for what is not there and for what the person may not know of: neither code nor text tells which. */
export function notFound(): AppError {
  return new AppError(
    'request/not-found',
    'This is not there, or you are no member of the case it belongs to. Reload the list, or ask who leads the case.',
  );
}

export function noAccess(): AppError {
  return new AppError('cases/no-access', 'You may read this case but not do this in it. Nothing was changed. Ask who leads the case.');
}

export function closed(): AppError {
  return new AppError('cases/closed', 'This case is closed, so nothing in it can be changed. Reopen it first.');
}

export function held(): AppError {
  return new AppError('cases/legal-hold', 'A legal hold is on this case, so nothing in it can be deleted. Nothing was deleted.');
}

export function atWork(): AppError {
  return new AppError(
    'cases/work-in-progress',
    'Runs or imports of this case are not finished, so it was not closed. Wait for them, or cancel them, then close it.',
  );
}
