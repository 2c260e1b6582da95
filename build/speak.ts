import { spawn } from 'node:child_process';
import type { Speaker } from './in-order.ts';

/** Runs a program and says what it writes. @returns its exit status, 1 where it ended otherwise or could not be started */
export function speak(
  speaker: Speaker,
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => speaker.say(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      speaker.say(`${program} could not be started: ${error.message}\n`);
      resolve(1);
    });
    // A process that it left behind may keep the streams open: what is over is over.
    child.once('exit', (code) => {
      const over = () => resolve(code ?? 1);
      child.once('close', over);
      setTimeout(over, 5_000).unref();
    });
  });
}
