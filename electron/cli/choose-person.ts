import type { Person } from '../core/contract/identity.ts';
import { AppError } from '../core/errors.ts';
import type { Client } from '../local/client.ts';

/** The person of this user name (whatever its case) or id. @throws AppError `identity/unknown-person` */
export async function choosePerson(client: Client, wanted: string | undefined): Promise<Person> {
  const people = await client.identity.listPeople();
  const name = wanted?.normalize('NFC').toLowerCase();
  const found = people.find(({ id, userName }) => id === wanted || userName.toLowerCase() === name);
  if (!found)
    throw new AppError('identity/unknown-person', `There is no person named ${wanted ?? ''}. List them with: redoubt people list`);
  return found;
}
