import type { AnchorState } from '../../core/contract/vault.ts';
import type { Command } from '../command.ts';

const places = { vault: 'beside the vault', outside: 'outside the vault' } as const;
const verdicts: Record<AnchorState['places'][number]['verdict'], string> = {
  fresh: 'fresh: the vault is the newest that was seen',
  older: 'the vault is an older copy',
  'lost-tail': 'what was written last is gone',
  forked: 'the vault holds other records than those that were there',
  'swapped-pages': 'parts of the vault were exchanged while it was closed',
  missing: 'there was no mark',
  damaged: 'the mark was damaged',
};

export const vaultAnchor: Command = {
  area: 'vault',
  verb: 'anchor',
  usage: '--vault DIR [--user NAME]',
  summary: 'Show how far the vault has come and how it compared with its marks outside the database when it was opened.',
  positionals: [0, 0],
  run: ({ withVault }) =>
    withVault(async ({ client }) => {
      const state = await client.vault.anchor();
      const at = state.at === null ? 'never' : new Date(state.at).toISOString();
      const lines = state.places.map(({ place, verdict }) => `${places[place]}: ${verdicts[verdict]}`);
      const text = [`${state.commits} commits, ${state.records} audit records, noted ${at}`, `root ${state.rootHash}`, ...lines].join('\n');
      return { json: state, text };
    }),
};
