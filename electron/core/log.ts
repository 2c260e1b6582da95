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
  // The message of an unexpected error may quote data, on several lines; its kind and place are what finds the bug.
  const stack = (error.stack ?? '').replace(error.message, '');
  const frames = stack.split('\n').filter((line) => frame.test(line));
  return {
    error: error.name,
    stack: frames
      .slice(0, 7)
      .map((line) => line.trim())
      .join(' | '),
  };
}

const frame = /^\s+at .*(:\d+:\d+|native|<anonymous>)\)?$/;

function write(entry: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
}
