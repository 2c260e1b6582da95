import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WritableDb } from '../vault/database.ts';
import { necessarily } from '../vault/space/room.ts';
import type { DocumentsRepository } from './documents.repository.ts';

/** Deletes the pages of a document a few at a time, so that it takes little room. False where `goesOn` ended it. */
export async function clearPages(
  db: WritableDb,
  repository: Pick<DocumentsRepository, 'dropPages'>,
  id: string,
  goesOn: () => boolean,
): Promise<boolean> {
  while (necessarily(db, () => repository.dropPages(id))) {
    await nextTurn();
    if (!goesOn()) return false;
  }
  return true;
}
