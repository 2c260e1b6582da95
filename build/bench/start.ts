import { chromium, type Browser } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LocalHost } from '../../e2e/local-host.ts';
import { VaultPage } from '../../e2e/pages/vault-page.ts';
import { quietFlags } from '../../electron/local/browser.ts';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import { connectClient } from '../../electron/local/client.ts';
import { Host } from '../../electron/local/host.ts';
import { bundle } from '../bundle.ts';
import { statistics } from './statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** From the command to a page that takes input, the memory of an idle core, and how fast a killed process is back. */
export async function bench(): Promise<Record<string, unknown>> {
  await bundle();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const system = '/usr/bin/chromium';
  const browser = await chromium.launch({ ...(existsSync(system) ? { executablePath: system } : {}), args: [...quietFlags, ...asRoot] });
  try {
    const interactive: number[] = [];
    for (let run = 0; run < 5; run += 1) interactive.push(await commandToInteractive(browser));
    return {
      commandToInteractiveSeconds: statistics(interactive),
      coreResidentMiB: await coreMemory(browser),
      restartSeconds: await restarts(),
    };
  } finally {
    await browser.close();
  }
}

async function commandToInteractive(browser: Browser): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--no-open', '--ephemeral'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  try {
    const link = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const found = /http:\/\/\S+token=[\w-]+/.exec(text);
        if (found) resolve(found[0]);
      });
    });
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByLabel('Your name').fill('Ada');
    const seconds = (performance.now() - startedAt) / 1000;
    await page.close();
    return seconds;
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** Resident memory of core with an open vault and nothing to do, ten seconds after the page was shown. */
async function coreMemory(browser: Browser): Promise<number> {
  const host = new LocalHost();
  try {
    const page = await browser.newPage();
    await page.goto(await host.link());
    await new VaultPage(page).create({ userName: 'ada', displayName: 'Ada', password: 'correct horse battery' });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${await host.pidOf('core')}/status`, 'utf8'))?.[1];
    await page.close();
    return Math.round(Number(kib) / 1024);
  } finally {
    await host.stop();
  }
}

async function restarts() {
  const host = new Host({ host: 'cli', kdfCost: floorCost, onLog: () => undefined });
  await host.start();
  await connectClient(host).client.vault.status();
  const state = (name: string) => host.processes.find((each) => each.name === name);
  const results: Record<string, unknown> = {};
  for (const name of ['core', 'inference', 'documents']) {
    const samples: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      await until(() => state(name)?.state === 'ready');
      // A process that lived a while starts its back-off anew; this measures the first restart.
      await new Promise((resolve) => setTimeout(resolve, 10_500));
      const startedAt = performance.now();
      process.kill(state(name)?.pid ?? 0, 'SIGKILL');
      await until(() => state(name)?.state !== 'ready');
      await until(() => state(name)?.state === 'ready');
      samples.push((performance.now() - startedAt) / 1000);
    }
    results[name] = statistics(samples);
  }
  await host.stop();
  return results;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
