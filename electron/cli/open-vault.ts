import { randomBytes } from 'node:crypto';
import { AppError } from '../core/errors.ts';
import { asAppError, connectClient } from '../local/client.ts';
import { Host } from '../local/host.ts';
import { anchorFolder, defaultVaultFolder } from '../local/places.ts';
import type { OpenVault } from './command.ts';
import { askPassword } from './password.ts';

export type VaultChoice = { readonly vault?: string | undefined; readonly ephemeral: boolean; readonly user: string };

/** Name of the administrator a command creates or signs in as unless `--user` says otherwise. */
export const defaultUser = 'admin';

/** Starts the processes, opens (or for `--ephemeral` makes) the vault, runs `work`, and stops everything. */
export async function withVault<T>(choice: VaultChoice, log: (line: string) => void, work: (open: OpenVault) => Promise<T>): Promise<T> {
  const host = new Host({
    host: 'cli',
    anchorFolder: anchorFolder(),
    ...(choice.ephemeral ? {} : { vaultFolder: choice.vault ?? defaultVaultFolder() }),
    onLog: (name, line) => log(`${name}: ${line}`),
  });
  try {
    await host.start();
    const { client } = connectClient(host);
    await signIn(client, choice);
    return await work({ client, host });
  } catch (error) {
    throw asAppError(error);
  } finally {
    await host.stop();
  }
}

async function signIn(client: OpenVault['client'], choice: VaultChoice): Promise<void> {
  if (choice.ephemeral) {
    await client.vault.create({ userName: choice.user, displayName: choice.user, password: randomBytes(24).toString('base64url') });
    return;
  }
  const { state } = await client.vault.status();
  if (state === 'absent')
    throw new AppError('vault/absent', 'There is no vault in this folder. Create one with: redoubt vault create --vault DIR');
  await client.vault.unlock({ userName: choice.user, password: await askPassword('Password: ') });
}
