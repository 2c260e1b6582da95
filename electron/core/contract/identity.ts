import { z } from 'zod';
import { command, id, permissions, query, timestamp } from './base.ts';

export const role = z.enum(['administrator', 'analyst', 'viewer']);
export type Role = z.infer<typeof role>;

export const person = z.object({
  id,
  userName: z.string(),
  displayName: z.string(),
  role,
  status: z.enum(['active', 'disabled']),
  createdAt: timestamp,
  lastSignInAt: timestamp.nullable(),
});
export type Person = z.infer<typeof person>;

export const session = z.object({
  /** Shown to this connection only; `resume` takes it after a reconnect. */
  token: z.string(),
  person,
  permissions: z.array(z.enum(permissions)),
  startedAt: timestamp,
});
export type Session = z.infer<typeof session>;

export const identityContract = {
  /** The session of this connection, or null. */
  current: query('public').output(session.nullable()),
  /** Takes up a session again on a new connection (after a reload). Fails with `identity/session-ended`. */
  resume: query('public')
    .input(z.object({ token: z.string().max(128) }))
    .output(session),
  signOut: command('signed-in', 'identity.sign-out').output(z.object({ signedOut: z.literal(true) })),
  listPeople: query('people.manage').output(z.array(person)),
  createPerson: command('people.manage', 'identity.create-person')
    .input(
      z.object({
        userName: z.string().regex(/^[\p{L}\p{N}._-]{1,64}$/u),
        displayName: z.string().trim().min(1).max(120),
        role,
        password: z.string().min(8).max(1024),
      }),
    )
    .output(person),
  setPersonStatus: command('people.manage', 'identity.set-person-status')
    .input(z.object({ id, status: z.enum(['active', 'disabled']) }))
    .output(person),
};
