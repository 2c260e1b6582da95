import type { Command } from '../command.ts';

export const auditVerify: Command = {
  area: 'audit',
  verb: 'verify',
  usage: '[--vault DIR]',
  summary: 'Recompute the whole audit log of a vault and check its signed head. Exit 1 if it does not hold.',
  positionals: [0, 0],
  async run({ withVault }) {
    const result = await withVault(({ client }) => client.audit.verify());
    const { ok, size, rootHash, problems, durationMs } = result;
    const found = problems.map(({ sequence, message }) => (sequence === null ? message : `Entry ${sequence}: ${message}`));
    const verdict = ok
      ? `The audit log is intact: ${size} entries, root ${rootHash}, checked in ${Math.round(durationMs)} ms.`
      : 'The audit log does NOT hold. Keep this vault as it is and restore a backup elsewhere.';
    return { json: result, text: [...found, verdict].join('\n'), exit: ok ? 0 : 1 };
  },
};
