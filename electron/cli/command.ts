import type { ParseArgsConfig } from 'node:util';
import type { Json } from '../core/contract/base.ts';
import type { Client } from '../local/client.ts';
import type { Host } from '../local/host.ts';

export type OpenVault = { readonly client: Client; readonly host: Host };

export type CommandContext = {
  /** What stands after area and verb, options taken out. */
  readonly args: readonly string[];
  /** Values of the command's own options. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly json: boolean;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  /** A line on standard error for a person who waits; nothing under `--json`. */
  progress(line: string): void;
  /**
   * Starts the processes, opens the vault that `--vault` or `--ephemeral` names and hands both over; everything is
   * stopped afterwards. The client speaks the page's contract.
   */
  withVault<T>(work: (open: OpenVault) => Promise<T>): Promise<T>;
};

export type CommandResult = {
  /** The one document that `--json` prints. */
  readonly json: Json;
  /** What a person reads without `--json`. */
  readonly text: string;
  /** Absent: done. */
  readonly exit?: 0 | 1;
};

/** One verb of the `redoubt` command. */
export type Command = {
  readonly area: string;
  readonly verb: string;
  /** What follows area and verb in the usage line, for example `FILE… [--ocr auto|never|always]`. */
  readonly usage: string;
  readonly summary: string;
  /** Options of its own; `--json`, `--vault`, `--ephemeral`, `--user` and `--help` are everybody's. */
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** Fewest and most positional arguments. */
  readonly positionals: readonly [fewest: number, most: number];
  run(context: CommandContext): Promise<CommandResult>;
};

/** Wrong usage: exit status 2, with the usage line. */
export class UsageError extends Error {}
