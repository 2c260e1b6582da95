import { chromium, test as base, type Browser, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { LocalHost } from './local-host.ts';
import { quietFlags } from '../electron/local/browser.ts';
import { VaultPage } from './pages/vault-page.ts';

const systemChromium = '/usr/bin/chromium';

type Fixtures = {
  /** The running application, on a vault of its own that goes with the test. */
  host: LocalHost;
  /** A page connected to it. Anything that breaks the content security policy or leaves the machine fails the test. */
  page: Page;
  /** The same page with a vault made and the administrator signed in. */
  workspace: Page;
};

export const person = { userName: 'ada', displayName: 'Ada Lovelace', password: 'correct horse battery' };

export const test = base.extend<Fixtures, { chromiumBrowser: Browser }>({
  chromiumBrowser: [
    async ({}, use) => {
      const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const browser = await chromium.launch({
        ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
        args: [...quietFlags, ...asRoot],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  host: async ({}, use) => {
    const host = new LocalHost();
    await use(host);
    await host.stop();
  },
  page: async ({ chromiumBrowser, host, viewport, locale, colorScheme }, use) => {
    const context = await chromiumBrowser.newContext({ viewport, ...(locale ? { locale } : {}), colorScheme: colorScheme ?? 'light' });
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') violations.push(`request to ${hostname}`);
    });
    page.on('pageerror', (error) => violations.push(`uncaught: ${error.message}`));
    await page.goto(await host.link());
    await use(page);
    base.expect(violations).toEqual([]);
    await context.close();
  },
  workspace: async ({ page }, use) => {
    await new VaultPage(page).create(person);
    await use(page);
  },
});

export const { expect } = test;
