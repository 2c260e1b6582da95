import type { Command } from '../command.ts';

export const vaultCheck: Command = {
  area: 'vault',
  verb: 'check',
  usage: '[--vault DIR]',
  summary: 'Check the whole vault: database, key slots, freshness and every stored file. Exit 1 if anything is wrong.',
  positionals: [0, 0],
  async run({ withVault, progress }) {
    const result = await withVault(({ client }) => {
      progress('Checking; a large vault takes a while …');
      return client.vault.check();
    });
    const { ok, database, slots, anchor, blobs } = result;
    const lines = [
      `Database   ${database.tables} tables, ${Math.ceil(database.bytes / 1024)} KiB: ${database.problems.length === 0 ? 'intact' : 'DAMAGED'}`,
      ...database.problems.slice(0, 20).map((problem) => `           ${problem}`),
      `Key slots  ${slots.count}: ${slots.sealed ? 'as they were written with the vault key' : 'CHANGED by somebody without the vault key'}`,
      ...anchor.map(({ place, verdict }) => `Freshness  ${place === 'vault' ? 'beside the vault' : 'outside'}: ${verdict}`),
      `Files      ${blobs.count}: ${blobs.damaged} damaged, ${blobs.missing} missing`,
      ok ? 'The vault is intact.' : 'The vault is NOT as it should be. Keep it as it is and restore a backup elsewhere.',
    ];
    return { json: result, text: lines.join('\n'), exit: ok ? 0 : 1 };
  },
};
