import { chromium, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { ElectronHost } from './electron-host.ts';
import { LocalHost } from './local-host.ts';
import { quietFlags } from '../electron/local/browser.ts';
import { VaultPage } from './pages/vault-page.ts';

const systemChromium = '/usr/bin/chromium';

/** The same specs run on the local host in Chromium and, with `REDOUBT_E2E_HOST=electron`, in the desktop window. */
const inElectron = process.env['REDOUBT_E2E_HOST'] === 'electron';

type Fixtures = {
  /** The running application, on a vault of its own that goes with the test. */
  host: LocalHost | ElectronHost;
  /** The local host, for what only a browser can do (a second window, rewritten frames). Skips the test in Electron. */
  localHost: LocalHost;
  /** A page connected to it. Anything that breaks the content security policy or leaves the machine fails the test. */
  page: Page;
  /** Opens the local host in a browser profile of its own, for another person. Skips the test in Electron. */
  another: () => Promise<Page>;
  /** The same page with a vault made and the administrator signed in. */
  workspace: Page;
};

export const person = { userName: 'ada', displayName: 'Ada Lovelace', password: 'correct horse battery' };

export const test = base.extend<Fixtures, { chromiumBrowser: Browser | null }>({
  chromiumBrowser: [
    async ({}, use) => {
      if (inElectron) return use(null);
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
    const host = inElectron ? new ElectronHost() : new LocalHost();
    await use(host);
    await host.stop();
  },
  localHost: async ({ host }, use, info) => {
    info.skip(!(host instanceof LocalHost), 'only a browser can do this');
    await use(host as LocalHost);
  },
  page: async ({ chromiumBrowser, host, viewport, locale, colorScheme }, use) => {
    const options = { viewport, ...(locale ? { locale } : {}), colorScheme: colorScheme ?? 'light' };
    const context = await chromiumBrowser?.newContext(options);
    const page = (await context?.newPage()) ?? null;
    const violations: string[] = [];
    const shown = await host.show(page, (opened) => watch(opened, violations));
    await use(shown);
    base.expect(violations).toEqual([]);
    await context?.close();
  },
  another: async ({ chromiumBrowser, localHost, viewport, locale }, use) => {
    const contexts: BrowserContext[] = [];
    const violations: string[] = [];
    await use(async () => {
      const context = await chromiumBrowser?.newContext({ viewport, ...(locale ? { locale } : {}) });
      if (context) contexts.push(context);
      return localHost.show((await context?.newPage()) ?? null, (opened) => watch(opened, violations));
    });
    base.expect(violations).toEqual([]);
    for (const context of contexts) await context.close();
  },
  workspace: async ({ page }, use) => {
    await new VaultPage(page).create(person);
    await use(page);
  },
});

/** Notes what breaks the content security policy, leaves the machine, or is thrown where nobody catches it. */
function watch(page: Page, violations: string[]): void {
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (!['data:', 'blob:', 'app:'].includes(protocol) && hostname !== '127.0.0.1') violations.push(`request to ${hostname}`);
  });
  page.on('pageerror', (error) => violations.push(`uncaught: ${error.message}`));
}

export const { expect } = test;
