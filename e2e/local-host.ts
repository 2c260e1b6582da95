import type { Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../out/local/index.js', import.meta.url));

/** The built local host as a process of its own, on a throw-away vault unless a folder is named. */
export class LocalHost {
  readonly #process: ChildProcess;
  #output = '';

  constructor(vaultFolder?: string) {
    const vault = vaultFolder ? ['--vault', vaultFolder] : ['--ephemeral'];
    this.#process = spawn(process.execPath, [entry, '--no-open', ...vault], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, XDG_STATE_HOME: join(tmpdir(), 'redoubt-e2e-state') },
    });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
  }

  /** The address it printed first, or a new one (each opens a page once). */
  async link(): Promise<string> {
    const printed = () => this.#output.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/g) ?? [];
    const before = printed().length;
    if (before > 0) this.#process.stdin?.write('\n');
    const deadline = Date.now() + 30_000;
    while (printed().length === before) {
      if (this.#process.exitCode !== null || Date.now() > deadline) throw new Error(`the local host printed no address: ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return printed().at(-1) ?? '';
  }

  /** Opens the page of a browser on it. */
  async show(page: Page | null, watch: (page: Page) => void): Promise<Page> {
    if (!page) throw new Error('the local host needs a browser');
    watch(page);
    await page.goto(await this.link());
    return page;
  }

  /** Process id of one of its supervised processes, by the name of its entry file (Linux). */
  async pidOf(name: 'core' | 'inference' | 'documents'): Promise<number> {
    for (const pid of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        if (Number(parent) === this.#process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`processes/${name}.`))
          return Number(pid);
      } catch {
        // It ended while we looked.
      }
    }
    throw new Error(`no ${name} process below the host`);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.kill('SIGTERM');
    await ended;
  }
}
