import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { findElectronBinary } from '../build/electron-binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The built desktop application, on a throw-away vault and profile. Needs an Electron binary. */
export class ElectronHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'redoubt-e2e-'));
  #application: ElectronApplication | null = null;

  /** Starts the application and hands over its window. */
  async show(_page: Page | null, watch: (page: Page) => void): Promise<Page> {
    const executablePath = findElectronBinary();
    if (!executablePath) throw new Error('there is no Electron binary');
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [
      root,
      ...asRoot,
      `--user-data-dir=${join(this.#folder, 'profile')}`,
      '--vault',
      join(this.#folder, 'vault'),
      '--lang=en-US',
    ];
    this.#application = await _electron.launch({ executablePath, args });
    const page = await this.#application.firstWindow();
    watch(page);
    return page;
  }

  /** Process id of one of the supervised processes. */
  async pidOf(name: 'core' | 'inference' | 'documents'): Promise<number> {
    const metrics = await this.#application?.evaluate(({ app }) => app.getAppMetrics().map((each) => ({ pid: each.pid, name: each.name })));
    const found = metrics?.find((each) => each.name?.toLowerCase().includes(name));
    if (!found) throw new Error(`no ${name} process below the application`);
    return found.pid;
  }

  async stop(): Promise<void> {
    await this.#application?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
