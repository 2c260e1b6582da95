import type { Act } from '../../audit/act.ts';
import type { Person } from '../../contract/identity.ts';
import type { Secrets } from '../../contract/vault.ts';
import { AppError } from '../../errors.ts';
import type { PersonSlots } from '../person-slots.ts';
import type { DirectoryService } from './directory.service.ts';

export type DirectorySignInDeps = { readonly directory: DirectoryService; readonly slots: PersonSlots; readonly act: () => Act };

/**
 * Signs a person of the directory in on an open vault. The directory decides about the password; where it was changed
 * there, the person's key slot is made anew for it, with the same further factors, which must be proved all the same.
 * @throws as `DirectoryService.confirm` and `Vault.check`
 */
export async function signInByDirectory(
  { directory, slots, act }: DirectorySignInDeps,
  person: Person,
  given: Secrets,
): Promise<'confirmed' | 'unreachable'> {
  const { userName } = person;
  const password = given.password ?? '';
  const verdict = await directory.confirm(userName, password);
  try {
    await slots.check(userName, given);
  } catch (error) {
    const isOther = error instanceof AppError && error.code === 'vault/wrong-password';
    if (!isOther || verdict !== 'confirmed') throw error;
    const before = slots.passwordSlot(userName);
    const adopt = (slot: NonNullable<typeof before>, outcome: 'done' | 'denied') =>
      slots.keeping(() => act().commit({ subject: person.id, outcome }, () => slots.put(slot)));
    adopt(await slots.prepareAdopted(userName, password), 'done');
    try {
      await slots.check(userName, given);
    } catch (refused) {
      if (before) adopt(before, 'denied');
      throw refused;
    }
  }
  return verdict;
}
