import { AppError } from '../../core/errors.ts';
import { asAppError, connectClient } from '../../local/client.ts';
import { Host } from '../../local/host.ts';
import { defaultVaultFolder } from '../../local/places.ts';
import { askLine } from '../ask-line.ts';
import type { Command } from '../command.ts';
import { defaultUser } from '../open-vault.ts';
import { askNewPassword } from '../password.ts';

type Ways = { custodians: { threshold: number } | null };

export const vaultRecover: Command = {
  area: 'vault',
  verb: 'recover',
  usage: '[--shares] --vault DIR [--user NAME]',
  summary:
    'Give a person a new password with the recovery code (REDOUBT_RECOVERY_CODE) or custodians’ shares (REDOUBT_SHARES, a line each).',
  options: { shares: { type: 'boolean' } },
  positionals: [0, 0],
  async run({ values }) {
    const folder = (values['vault'] as string | undefined) ?? defaultVaultFolder();
    const userName = (values['user'] as string | undefined) ?? process.env['REDOUBT_USER'] ?? defaultUser;
    const host = new Host({ host: 'cli', vaultFolder: folder });
    try {
      await host.start();
      const { client } = connectClient(host);
      const { ways } = await client.vault.status();
      const proof = values['shares'] ? { shares: await askShares(ways) } : { code: await askCode() };
      const session = await client.vault.recover({ userName, newPassword: await askNewPassword(), ...proof });
      return { json: { user: session.person.userName }, text: `${session.person.userName} has a new password.` };
    } catch (error) {
      throw asAppError(error);
    } finally {
      await host.stop();
    }
  },
};

async function askCode(): Promise<string> {
  return process.env['REDOUBT_RECOVERY_CODE'] ?? (await onTerminal('Recovery code: '));
}

async function askShares({ custodians }: Ways): Promise<string[]> {
  const given = process.env['REDOUBT_SHARES'];
  if (given !== undefined) return given.split('\n').filter((line) => line.trim() !== '');
  const shares: string[] = [];
  for (let number = 1; number <= (custodians?.threshold ?? 0); number += 1) shares.push(await onTerminal(`Share ${number}: `));
  return shares;
}

function onTerminal(question: string): Promise<string> {
  if (process.stdin.isTTY) return askLine(question);
  throw new AppError('cli/no-password', 'Set REDOUBT_RECOVERY_CODE or REDOUBT_SHARES, or run this in a terminal to be asked for it.');
}
