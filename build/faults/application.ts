import { setTimeout as delay } from 'node:timers/promises';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import type { ChildName } from '../../electron/core/supervision/messages.ts';
import { connectClient, type Client } from '../../electron/local/client.ts';
import { Host, type HostOptions } from '../../electron/local/host.ts';

export const credentials = { userName: 'ada', password: 'correct horse battery' };

/** The whole application over one vault folder, with one signed-in client, for as long as a suite needs it. */
export class TriedApplication {
  readonly folder: string;
  readonly #options: Partial<HostOptions>;
  #host: Host | null = null;
  #client: Client | null = null;
  readonly #lines: string[] = [];

  constructor(folder: string, options: Partial<HostOptions> = {}) {
    this.folder = folder;
    this.#options = options;
  }

  get client(): Client {
    if (!this.#client) throw new Error('not signed in');
    return this.#client;
  }

  get host(): Host {
    if (!this.#host) throw new Error('not started');
    return this.#host;
  }

  async start(): Promise<void> {
    this.#host = new Host({
      host: 'cli',
      kdfCost: floorCost,
      vaultFolder: this.folder,
      onLog: (name, line) => this.#keepLine(`${name}: ${line}`),
      ...this.#options,
    });
    await this.#host.start();
    this.#client = connectClient(this.#host).client;
  }

  async create(): Promise<void> {
    await this.client.vault.create({ ...credentials, displayName: 'Ada' });
  }

  /** Milliseconds until the vault was open. */
  async unlock(acceptOlder = false): Promise<number> {
    const startedAt = performance.now();
    await this.client.vault.unlock({ ...credentials, acceptOlder });
    return performance.now() - startedAt;
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
    this.#host = null;
    this.#client = null;
  }

  pidOf(name: ChildName): number | null {
    return this.host.processes.find((each) => each.name === name)?.pid ?? null;
  }

  /** Signal 9, and a new connection once core is there again. Returns the milliseconds until it takes clients. */
  async kill(name: ChildName): Promise<number> {
    const pid = this.pidOf(name);
    if (pid === null) return 0;
    process.kill(pid, 'SIGKILL');
    return this.comeBack(pid, name);
  }

  /** Waits for the process that takes the place of `dead`. Returns the milliseconds. */
  async comeBack(dead: number | null, name: ChildName = 'core'): Promise<number> {
    const startedAt = performance.now();
    await until(() => {
      const now = this.host.processes.find((each) => each.name === name);
      return now?.state === 'ready' && now.pid !== dead;
    }, `${name} did not come back`);
    if (name === 'core') {
      await this.host.application.coreReady();
      this.#client = connectClient(this.host).client;
    }
    return performance.now() - startedAt;
  }

  /** The last lines of the processes' logs, for a failure's message. */
  get log(): string {
    return this.#lines
      .slice(-6)
      .map((line) => `\n  ${line}`)
      .join('');
  }

  #keepLine(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 200) this.#lines.shift();
  }
}

/** @throws Error with `message` when `holds` does not come true in time */
export async function until(
  holds: () => boolean | Promise<boolean>,
  message: string | (() => Promise<string>),
  ms = 60_000,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(typeof message === 'string' ? message : await message());
    await delay(20);
  }
}
