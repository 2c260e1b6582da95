import { z } from 'zod';
import { command, query, timestamp } from './base.ts';
import { session } from './identity.ts';

export const vaultStatus = z.object({
  state: z.enum(['absent', 'locked', 'unlocked']),
  vaultId: z.string().nullable(),
  createdAt: timestamp.nullable(),
  ephemeral: z.boolean(),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

export const minimumPasswordLength = 8;
export const password = z.string().min(minimumPasswordLength).max(1024);
export const userName = z.string().regex(/^[\p{L}\p{N}._-]{1,64}$/u);

export const vaultContract = {
  status: query('public').output(vaultStatus),
  /** Creates the vault; its creator is the administrator and is signed in. */
  create: command('public', 'vault.create')
    .input(z.object({ userName, displayName: z.string().trim().min(1).max(120), password }))
    .output(session),
  /** Opens the vault with one person's password; on an open vault it signs a further person in. */
  unlock: command('public', 'vault.unlock')
    .input(
      z.object({
        userName,
        password: z.string().max(1024),
        /** Open although the vault is older than its anchor says (a person decided so after reading the warning). */
        acceptOlder: z.boolean().default(false),
      }),
    )
    .output(session),
  /** Closes the database and ends the core process. Every session ends with it. */
  lock: command('signed-in', 'vault.lock').output(z.object({ locked: z.literal(true) })),
};
