/** Core's own log. Lines hold codes, names of calls and stack traces of bugs; never content, names of files or secrets. */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  bug(where: string, error: unknown): void;
}

/** Writes one JSON line per entry to standard error, which the host keeps. */
export const stderrLog: Log = {
  info: (event, facts = {}) => write({ level: 'info', event, ...facts }),
  bug: (where, error) => write({ level: 'error', event: 'bug', where, ...describe(error) }),
};

function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  // The message of an unexpected error may quote data; its kind and place are what finds the bug.
  return { error: error.name, stack: (error.stack ?? '').split('\n').slice(1, 8).join(' | ') };
}

function write(entry: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
}
