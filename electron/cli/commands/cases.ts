import type { CaseSummary } from '../../core/contract/cases.ts';
import { classification } from '../../core/contract/cases.ts';
import { chooseCase } from '../choose-case.ts';
import { UsageError, type Command } from '../command.ts';

function describe({ id, name, personal, classification: label, state, counts, legalHold, dueAt }: CaseSummary): string {
  const marks = [
    personal ? 'own' : null,
    label,
    state,
    `${counts.documents} documents`,
    `${counts.runs} runs`,
    legalHold ? 'legal hold' : null,
    dueAt === null ? null : `due ${new Date(dueAt).toISOString().slice(0, 10)}`,
  ];
  return `${id}  ${name}  (${marks.filter((mark) => mark !== null).join(', ')})`;
}

export const casesList: Command = {
  area: 'cases',
  verb: 'list',
  usage: '[--all]',
  summary: 'List your cases (--all: everybody’s, without content).',
  options: { all: { type: 'boolean' } },
  positionals: [0, 0],
  run: ({ values, withVault }) =>
    withVault(async ({ client }) => {
      const cases = await client.cases.list({ all: values['all'] === true });
      return { json: cases, text: cases.map(describe).join('\n') || 'You are in no case.' };
    }),
};

export const casesCreate: Command = {
  area: 'cases',
  verb: 'create',
  usage: `NAME [--label ${classification.options.join('|')}] [--purpose TEXT]`,
  summary: 'Create a case that you lead.',
  options: { label: { type: 'string' }, purpose: { type: 'string' } },
  positionals: [1, 1],
  run({ args, values, withVault }) {
    const label = classification.safeParse(values['label'] ?? 'internal');
    if (!label.success) throw new UsageError(`--label takes one of ${classification.options.join(', ')}.`);
    const purpose = typeof values['purpose'] === 'string' ? values['purpose'] : '';
    return withVault(async ({ client }) => {
      const created = await client.cases.create({ name: args[0] ?? '', classification: label.data, purpose });
      return { json: created, text: `Created ${describe(created)}` };
    });
  },
};

export const casesRemove: Command = {
  area: 'cases',
  verb: 'remove',
  usage: 'CASE --confirm NAME',
  summary: 'Delete a case (its name or id) with everything in it, for good; prints the proof. --confirm repeats its name.',
  options: { confirm: { type: 'string' } },
  positionals: [1, 1],
  run({ args, values, withVault }) {
    const name = values['confirm'];
    if (typeof name !== 'string')
      throw new UsageError('Deleting a case cannot be undone. Repeat its name: redoubt cases remove CASE --confirm NAME');
    return withVault(async ({ client }) => {
      const { id } = await chooseCase(client, args[0]);
      const proof = await client.cases.remove({ id, name });
      const text = `Deleted: ${proof.documents} documents, ${proof.runs} runs, ${proof.conversations} conversations, ${proof.reports} reports.
${proof.blobsErased} files had their keys destroyed; ${proof.blobsShared} belong to other cases too and stay there.
Found afterwards: ${proof.rowsLeft} rows, ${proof.blobsLeft} files. Audit entry ${proof.auditSequence}. Backups made before still hold the case.`;
      return { json: proof, text, exit: proof.rowsLeft + proof.blobsLeft === 0 ? 0 : 1 };
    });
  },
};
