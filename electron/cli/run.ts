import { parseArgs } from 'node:util';
import { AppError, toErrorShape } from '../core/errors.ts';
import { asAppError } from '../local/client.ts';
import { UsageError, type Command, type CommandResult } from './command.ts';
import { commands } from './commands.ts';
import { defaultUser, withVault } from './open-vault.ts';
import { printable } from './printable.ts';

const common = {
  json: { type: 'boolean' },
  vault: { type: 'string' },
  ephemeral: { type: 'boolean' },
  user: { type: 'string' },
  'accept-older': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type Output = { readonly stdout: string; readonly stderr: string; readonly exit: 0 | 1 | 2 };

/** Runs one command line. With `--json` standard output is one JSON document and nothing else. */
export async function run(argv: readonly string[], signal: AbortSignal, progress: (line: string) => void): Promise<Output> {
  const json = argv.includes('--json');
  try {
    const { command, rest } = choose(argv);
    if (!command || rest.includes('--help') || rest.includes('-h')) return { stdout: json ? '{}\n' : help(command), stderr: '', exit: 0 };
    const result = await execute(command, rest, json, signal, progress);
    return { stdout: printable(json ? `${JSON.stringify(result.json)}\n` : `${result.text}\n`), stderr: '', exit: result.exit ?? 0 };
  } catch (error) {
    return failure(error, json);
  }
}

function choose(argv: readonly string[]): { command: Command | null; rest: string[] } {
  const [area, second, ...others] = argv;
  if (area === undefined || area === '--help' || area === '-h' || area === 'help') return { command: null, rest: [] };
  const single = commands.find((command) => command.area === area && command.verb === '');
  if (single) return { command: single, rest: argv.slice(1) };
  const command = commands.find((candidate) => candidate.area === area && candidate.verb === second);
  if (command) return { command, rest: others };
  throw new UsageError(`There is no command "${[area, second].filter(Boolean).join(' ')}".\n\n${help(null)}`);
}

async function execute(
  command: Command,
  argv: string[],
  json: boolean,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<CommandResult> {
  const { values, positionals } = parse(command, argv);
  const [fewest, most] = command.positionals;
  if (positionals.length < fewest || positionals.length > most) throw new UsageError(usage(command));
  const say = json ? () => undefined : (line: string) => progress(printable(line));
  const { vault, ephemeral, user } = values;
  if (vault !== undefined && ephemeral) throw new UsageError(`Name a vault with --vault or take --ephemeral, not both.\n${usage(command)}`);
  const choice = {
    vault: vault as string | undefined,
    ephemeral: ephemeral === true,
    acceptOlder: values['accept-older'] === true,
    user: (user as string | undefined) ?? process.env['REDOUBT_USER'] ?? defaultUser,
  };
  return command.run({
    args: positionals,
    values,
    json,
    signal,
    progress: say,
    withVault: (work) => withVault(choice, (line) => process.stderr.write(`${printable(line)}\n`), work),
  });
}

function parse(command: Command, argv: string[]): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { ...command.options, ...common },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage(command)}`);
  }
}

function failure(thrown: unknown, json: boolean): Output {
  const error = asAppError(thrown);
  const isUsage = error instanceof UsageError;
  const shape = isUsage ? { code: 'cli/usage', message: error.message, details: {} } : toErrorShape(error);
  const bug = isUsage || error instanceof AppError ? '' : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
  const stdout = json ? `${JSON.stringify({ error: { code: shape.code, message: shape.message, details: shape.details } })}\n` : '';
  return { stdout: printable(stdout), stderr: printable(bug + (json ? '' : `${shape.message}\n`)), exit: isUsage ? 2 : 1 };
}

function usage(command: Command): string {
  return `Usage: redoubt ${[command.area, command.verb, command.usage].filter(Boolean).join(' ')} [--json]`;
}

function help(command: Command | null): string {
  if (command) return `${command.summary}\n${usage(command)}\n`;
  const lines = commands.map((each) => `  ${[each.area, each.verb, each.usage].filter(Boolean).join(' ')}\n      ${each.summary}`);
  return [
    'Usage: redoubt <area> <verb> [--json] [--vault DIR | --ephemeral] [--user NAME]',
    'The vault password comes from REDOUBT_PASSWORD or is asked for.',
    'A vault that is older than it should be is opened only with --accept-older, which is recorded.',
    '',
    ...lines,
    '',
  ].join('\n');
}
