import { client } from '../lib/client.ts';
import { leaveSession } from '../lib/connection.ts';
import { codeOf } from '../lib/errors.ts';
import { notifyError } from '../lib/notify.ts';

/** Closes the vault for everybody; core ends and comes back locked. */
export async function lockVault(): Promise<void> {
  try {
    await client.vault.lock();
  } catch (error) {
    // Core may be gone before its answer is: that is what was asked for.
    if (codeOf(error) !== 'connection/lost') return notifyError(error);
  }
  await leaveSession('locked');
}

/** Ends this person's session; the vault stays open for others. */
export async function signOut(): Promise<void> {
  try {
    await client.identity.signOut();
  } catch (error) {
    return notifyError(error);
  }
  // The next person begins at the beginning.
  location.hash = '';
  await leaveSession('signed-out');
}
