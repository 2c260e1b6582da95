import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
type Seconds = { first: number; all: number };

/** The shipped llama.cpp for this machine's processor. */
function libraryFolder(): string {
  const platform = process.platform === 'darwin' ? 'mac' : process.platform;
  const name = `${platform}-${process.arch}${platform === 'mac' && process.arch === 'arm64' ? '-metal' : ''}`;
  const require = createRequire(createRequire(import.meta.url).resolve('node-llama-cpp'));
  return join(dirname(require.resolve(`@node-llama-cpp/${name}`)), '..', 'bins', name);
}

/** `bare.cc`, compiled and running with a model. */
export class BareLoop {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static async start(model: string, threads: number, streams: number, tokensPerStream: number): Promise<BareLoop> {
    const program = join(root, 'out', 'bench', 'bare');
    const libraries = libraryFolder();
    const source = fileURLToPath(new URL('bare.cc', import.meta.url));
    const compile = join(root, 'build', 'engine-addon.mjs');
    execFileSync(process.execPath, [compile, '--program', source, '--out', program, '--libraries', libraries], { stdio: ['ignore', 2, 2] });
    const child = spawn(program, [libraries, model, String(threads), String(streams), String(tokensPerStream)]);
    child.stderr.pipe(process.stderr);
    const loop = new BareLoop(child);
    await loop.#line();
    return loop;
  }

  prefill(tokens: number): Promise<Seconds> {
    return this.#ask(`prefill ${tokens}`);
  }

  decode(streams: number, tokens: number): Promise<Seconds> {
    return this.#ask(`decode ${streams} ${tokens}`);
  }

  stop(): void {
    this.#child.stdin.end();
  }

  async #ask(command: string): Promise<Seconds> {
    this.#child.stdin.write(`${command}\n`);
    const [first = Number.NaN, all = Number.NaN] = (await this.#line()).split(' ').map(Number);
    return { first, all };
  }

  async #line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the bare loop ended');
    return value;
  }
}
