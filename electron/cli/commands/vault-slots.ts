import type { KeySlot } from '../../core/contract/vault.ts';
import { AppError } from '../../core/errors.ts';
import { UsageError, type Command, type CommandContext, type CommandResult } from '../command.ts';
import { askPassword, askSecret } from '../password.ts';
import { askLine } from '../ask-line.ts';

export const vaultSlots: Command = {
  area: 'vault',
  verb: 'slots',
  usage: '[add-recovery | add-custodians --threshold K NAME NAME… | add-token [--serial S] | remove ID] [--not-typed-back] [--vault DIR]',
  summary: 'List the key slots of a vault, or add and remove them. A code or share comes into force when it was typed back.',
  options: { threshold: { type: 'string' }, serial: { type: 'string' }, 'not-typed-back': { type: 'boolean' } },
  positionals: [0, 17],
  run(context) {
    const [action = 'list', ...rest] = context.args;
    if (action === 'list') return list(context);
    if (action === 'add-recovery' && rest.length === 0) return addRecovery(context);
    if (action === 'add-custodians' && rest.length >= 2) return addCustodians(context, rest);
    if (action === 'add-token' && rest.length === 0) return addToken(context);
    if (action === 'remove' && rest.length === 1) return remove(context, rest[0] ?? '');
    throw new UsageError(`Usage: redoubt vault slots ${this.usage} [--json]`);
  },
};

async function list({ withVault }: CommandContext): Promise<CommandResult> {
  return shown(await withVault(({ client }) => client.keys.slots()));
}

function addRecovery(context: CommandContext): Promise<CommandResult> {
  return context.withVault(async ({ client }) => {
    const { code } = await client.keys.beginRecovery();
    const [typed = code] = await typedBack(context, [`Recovery code:\n\n    ${code}\n`], ['Type it back: ']);
    const slots = await client.keys.confirmRecovery({ code: typed });
    return { json: { code, slots }, text: context.json ? '' : `The recovery code is in force.\n${table(slots)}` };
  });
}

function addCustodians(context: CommandContext, names: string[]): Promise<CommandResult> {
  const threshold = Number(context.values['threshold']);
  if (!Number.isInteger(threshold)) throw new UsageError('Say with --threshold how many custodians open the vault together.');
  return context.withVault(async ({ client }) => {
    const { shares } = await client.keys.beginCustodians({ threshold, names });
    const sheets = shares.map(({ name, text }, index) => `Share ${index + 1}, ${name}:\n\n    ${text}\n`);
    const asked = Array.from({ length: threshold }, (_, index) => `Type share ${index + 1} of ${threshold} back: `);
    const typed = await typedBack(context, sheets, asked);
    const confirmed = typed.length > 0 ? typed : shares.map(({ text }) => text);
    const slots = await client.keys.confirmCustodians({ shares: confirmed });
    return { json: { shares, slots }, text: `The shares are in force.\n${table(slots)}` };
  });
}

function addToken(context: CommandContext): Promise<CommandResult> {
  return context.withVault(async ({ client }) => {
    const { tokens, reason } = await client.keys.tokens();
    const wanted = context.values['serial'];
    const [token, ...others] = tokens.filter(({ serial }) => wanted === undefined || serial === wanted);
    if (!token) throw new AppError('cli/no-token', reason ?? 'There is no such token. Plug it in and try again.');
    if (others.length > 0)
      throw new AppError(
        'cli/several-tokens',
        `Choose one with --serial: ${tokens.map(({ serial, label }) => `${serial} (${label})`).join(', ')}.`,
      );
    const pin = await askSecret(`PIN of ${token.label}: `, 'REDOUBT_PIN');
    const proof = { password: await askPassword('Your password, once more: ') };
    return shown(await client.keys.addToken({ pin, serial: token.serial, proof }));
  });
}

async function remove({ withVault }: CommandContext, id: string): Promise<CommandResult> {
  return shown(await withVault(({ client }) => client.keys.removeSlot({ id })));
}

/** Shows what is to be written down and has it typed back; nothing is asked with `--not-typed-back`. */
async function typedBack({ json, values }: CommandContext, sheets: string[], questions: string[]): Promise<string[]> {
  if (!json) process.stderr.write(`${sheets.join('\n')}\n`);
  if (values['not-typed-back']) return [];
  if (json || !process.stdin.isTTY)
    throw new AppError(
      'cli/not-typed-back',
      'What is made must be typed back in a terminal; a script says --not-typed-back. Nothing came into force.',
    );
  const typed: string[] = [];
  for (const question of questions) typed.push(await askLine(question));
  return typed;
}

function shown(slots: KeySlot[]): CommandResult {
  return { json: slots, text: table(slots) };
}

function table(slots: readonly KeySlot[]): string {
  return slots
    .map(({ id, kind, person, factors, threshold, shares, label, createdAt }) => {
      const quorum = threshold === null ? '' : ` (${threshold} of ${shares ?? '?'})`;
      const what = `${kind}${quorum}${factors.length > 1 ? `: ${factors.join(' + ')}` : ''}${label === '' ? '' : ` ${label}`}`;
      return `${id}  ${new Date(createdAt).toISOString().slice(0, 10)}  ${(person?.userName ?? '-').padEnd(16)}  ${what}`;
    })
    .join('\n');
}
