import { createInterface } from 'node:readline/promises';

/** A line typed on the terminal, shown as it is typed. */
export async function askLine(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
