import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Secrets } from '../core/contract/vault.ts';
import { AppError } from '../core/errors.ts';
import { asAppError, connectClient } from '../local/client.ts';
import { Host } from '../local/host.ts';
import { anchorFolder, defaultVaultFolder } from '../local/places.ts';
import type { OpenVault } from './command.ts';
import { askPassword, askSecret } from './password.ts';

export type VaultChoice = {
  readonly vault?: string | undefined;
  readonly ephemeral: boolean;
  readonly user: string;
  /** Open a vault that is not the newest that was seen; the decision is recorded. */
  readonly acceptOlder?: boolean;
};

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
  await unlock(client, choice.user, choice.acceptOlder ?? false);
}

async function unlock(client: OpenVault['client'], userName: string, acceptOlder: boolean): Promise<void> {
  await proving('Password: ', (secrets) => client.vault.unlock({ userName, acceptOlder, ...secrets }));
}

/**
 * Does `attempt` with the password and whatever else the account asks for; with the PIN of a token alone where only
 * `REDOUBT_PIN` is set.
 */
export async function proving<T>(prompt: string, attempt: (secrets: Secrets) => Promise<T>): Promise<T> {
  const { REDOUBT_PASSWORD: given, REDOUBT_PIN: pin } = process.env;
  if (given === undefined && pin !== undefined) return attempt({ token: { pin } });
  const password = await askPassword(prompt);
  try {
    return await attempt({ password });
  } catch (thrown) {
    const error = asAppError(thrown);
    if (!(error instanceof AppError) || error.code !== 'vault/second-factor-needed') throw error;
    return await attempt({ password, ...(await secondFactor(error.details['factor'])) });
  }
}

async function secondFactor(factor: unknown): Promise<Pick<Secrets, 'token' | 'certificate'>> {
  if (factor === 'token') return { token: { pin: await askSecret('PIN of the token: ', 'REDOUBT_PIN') } };
  const file = process.env['REDOUBT_KEY_FILE'];
  if (file === undefined) throw new AppError('cli/no-key-file', 'This account also asks for its key file. Name it in REDOUBT_KEY_FILE.');
  const passphrase = process.env['REDOUBT_KEY_PASSPHRASE'];
  return { certificate: { keyPem: readFileSync(file, 'utf8'), ...(passphrase === undefined ? {} : { passphrase }) } };
}
