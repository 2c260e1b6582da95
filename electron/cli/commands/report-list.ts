import { chooseCase } from '../choose-case.ts';
import type { Command } from '../command.ts';

export const reportList: Command = {
  area: 'report',
  verb: 'list',
  usage: '[--case CASE | --vault-wide]',
  summary: 'The reports of your cases, or of one; --vault-wide: those about people, models, access, compliance and what left.',
  options: { case: { type: 'string' }, 'vault-wide': { type: 'boolean' } },
  positionals: [0, 0],
  async run({ values, withVault }) {
    const wanted = values['case'] as string | undefined;
    const reports = await withVault(async ({ client }) => {
      if (values['vault-wide'] === true) return client.attestations.list();
      return client.reports.list(wanted === undefined ? {} : { caseId: (await chooseCase(client, wanted)).id });
    });
    const shown = reports.map(({ id, kind, title, language, createdAt, createdBy }) => ({
      id,
      kind,
      title,
      language,
      createdAt,
      createdBy,
    }));
    const lines = shown.map(
      ({ id, kind, title, createdAt, createdBy }) =>
        `${id}  ${new Date(createdAt).toISOString()}  ${kind.padEnd(10)}  ${title} (${createdBy})`,
    );
    return { json: { reports: shown }, text: lines.join('\n') || 'There are no reports.' };
  },
};
