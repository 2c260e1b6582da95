import type { Command } from './command.ts';
import { documentsRead } from './commands/documents.ts';
import { vaultCreate } from './commands/vault.ts';

/** Every verb of the `redoubt` command. */
export const commands: readonly Command[] = [documentsRead, vaultCreate];
