import { chromium, expect } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LocalHost } from '../../e2e/local-host.ts';
import { DocumentsPage } from '../../e2e/pages/documents-page.ts';
import { VaultPage } from '../../e2e/pages/vault-page.ts';
import { quietFlags } from '../../electron/local/browser.ts';
import { bundle } from '../bundle.ts';
import { statistics } from './statistics.ts';

const scan = fileURLToPath(new URL('../../resources/samples/application-scan.pdf', import.meta.url));
const views = ['Flows', 'Runs', 'Models', 'Audit', 'Documents'];
const rounds = 8;

/** How long a click takes to show its view, idle and while scans are read and the model extracts fields in a run. */
export async function bench(): Promise<Record<string, unknown>> {
  await bundle();
  const host = new LocalHost();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const system = '/usr/bin/chromium';
  const browser = await chromium.launch({ ...(existsSync(system) ? { executablePath: system } : {}), args: [...quietFlags, ...asRoot] });
  try {
    const page = await browser.newPage();
    await page.goto(await host.link());
    await new VaultPage(page).create({ userName: 'ada', displayName: 'Ada', password: 'correct horse battery' });
    const documents = new DocumentsPage(page);
    await documents.open();
    const clicks = async () => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) for (const view of views) times.push(await page.evaluate(clickUntilShown, view));
      return times;
    };
    await clicks();
    const idle = await clicks();

    const notes = Array.from({ length: 40 }, (_, index) => ({
      name: `note-${index}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`Name: Person ${index}\nPhone: 138${String(index).padStart(8, '0')}\nDate: 2026-01-02\n`),
    }));
    await documents.import(notes);
    await page.getByText('40 documents').waitFor();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'Ready' }).count(), { timeout: 120_000 }).toBeGreaterThan(30);
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await page.getByRole('button', { name: /Run a flow/ }).click();
    await page.getByRole('menuitem', { name: /Document intake/ }).click();
    await page.getByRole('heading', { name: 'Document intake', level: 1 }).waitFor();
    await documents.open();
    const bytes = readFileSync(scan);
    const scans = Array.from({ length: 24 }, (_, index) => ({
      name: `scan-${index}.pdf`,
      mimeType: 'application/pdf',
      // A comment behind the end makes each file another one.
      buffer: Buffer.concat([bytes, Buffer.from(`\n%${index}\n`)]),
    }));
    await documents.import(scans);
    await page.getByText('64 documents').waitFor();
    const busy = await clicks();
    // False would mean that the work had ended before the measurement did.
    const stillBusy = await page
      .getByRole('row')
      .filter({ hasText: /Reading|Waiting|of 1 page/ })
      .first()
      .isVisible();
    return { clickIdleMs: statistics(idle), clickBusyMs: statistics(busy), stillBusy };
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** Runs in the page: from the click to the frame that shows the view's heading, in milliseconds. */
async function clickUntilShown(view: string): Promise<number> {
  const link = [...document.querySelectorAll<HTMLAnchorElement>('nav a')].find((each) => each.textContent?.trim() === view);
  const startedAt = performance.now();
  link?.click();
  while (document.querySelector('h1')?.textContent?.trim() !== view) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - startedAt;
}
