import { AppError } from '../../core/errors.ts';
import { asAppError, connectClient } from '../../local/client.ts';
import { Host } from '../../local/host.ts';
import { anchorFolder, defaultVaultFolder } from '../../local/places.ts';
import type { Command } from '../command.ts';
import { defaultUser } from '../open-vault.ts';
import { askNewPassword } from '../password.ts';

export const vaultCreate: Command = {
  area: 'vault',
  verb: 'create',
  usage: '--vault DIR [--user NAME]',
  summary: 'Make a new vault with its owner; the password comes from REDOUBT_PASSWORD or is asked for.',
  positionals: [0, 0],
  async run({ values }) {
    const folder = (values['vault'] as string | undefined) ?? defaultVaultFolder();
    const userName = (values['user'] as string | undefined) ?? process.env['REDOUBT_USER'] ?? defaultUser;
    if (values['ephemeral']) throw new AppError('cli/usage', 'A throw-away vault is made by the command that uses it.');
    const password = await askNewPassword();
    const host = new Host({ host: 'cli', vaultFolder: folder, anchorFolder: anchorFolder() });
    try {
      await host.start();
      const { client } = connectClient(host);
      await client.vault.create({ userName, displayName: userName, password });
      const { vaultId } = await client.vault.status();
      const advice = 'A lost password cannot be recovered until there is a recovery code: redoubt vault slots add-recovery';
      return { json: { vaultId, user: userName }, text: `Created vault ${vaultId ?? ''} of ${userName}.\n${advice}` };
    } catch (error) {
      throw asAppError(error);
    } finally {
      await host.stop();
    }
  },
};
