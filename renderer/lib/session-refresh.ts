import { client } from './client.ts';
import { leaveSession } from './connection.ts';
import { enterSession } from './session.ts';

/** Takes over what changed about the signed-in person (role, permissions, password); shows the sign-in page where the session ended with it. */
export async function refreshSession(): Promise<void> {
  const session = await client.identity.current().catch(() => null);
  if (session) enterSession(session);
  else await leaveSession('signed-out');
}
