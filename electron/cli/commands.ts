import type { Command } from './command.ts';
import { vaultCreate } from './commands/vault.ts';

/** Every verb of the `redoubt` command. */
export const commands: readonly Command[] = [vaultCreate];
