/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import type { DesktopBridge, DesktopPreferences, MenuCommand } from '../../electron/core/contract/desktop-bridge.ts';
import { expect, person, test } from '../fixtures.ts';
import { VaultPage } from '../pages/vault-page.ts';

type Doubled = { redoubt: DesktopBridge<File>; menu(command: MenuCommand): void; preferences: DesktopPreferences[]; ports: number };

/**
 * Gives the page what the preload of the desktop window gives it. Behind the message port is the real core, reached
 * over the local host's socket, so that the page's desktop side is exercised where no Electron binary is.
 */
async function asInDesktopWindow(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const listeners = new Set<(command: MenuCommand) => void>();
    const coreDown = new Set<(reason: string) => void>();
    const doubled: Doubled = {
      preferences: [],
      ports: 0,
      menu: (command) => listeners.forEach((listener) => listener(command)),
      redoubt: {
        host: 'desktop',
        requestPort() {
          doubled.ports += 1;
          const { port1, port2 } = new MessageChannel();
          const socket = new WebSocket(`ws://${location.host}/rpc`);
          socket.addEventListener('message', ({ data }) => port1.postMessage(data));
          socket.addEventListener('close', () => coreDown.forEach((listener) => listener('code 0')));
          socket.addEventListener('open', () => window.postMessage('redoubt:port', location.origin, [port2]));
          port1.addEventListener('message', ({ data }) => socket.send(data as string));
          port1.start();
        },
        pathForFile: () => '',
        openFiles: () => Promise.resolve([]),
        onMenu(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        onCoreDown(listener) {
          coreDown.add(listener);
          return () => void coreDown.delete(listener);
        },
        setPreferences: (preferences) => void doubled.preferences.push(preferences),
      },
    };
    Object.assign(window, doubled, { doubled });
  });
  await page.reload();
}

const doubled = (page: Page) => page.evaluate(() => (window as unknown as { doubled: Doubled }).doubled);
const menu = (page: Page, command: MenuCommand) =>
  page.evaluate((chosen) => (window as unknown as { doubled: Doubled }).doubled.menu(chosen), command);

test('the page works over a message port and follows the native menu', async ({ page, localHost: _onlyThere }) => {
  await asInDesktopWindow(page);
  await new VaultPage(page).create(person);
  await menu(page, 'view:monitor');
  await expect(page.getByRole('heading', { name: 'Monitor', level: 1 })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Core/ })).toContainText('Running');
  await menu(page, 'palette');
  await expect(page.getByPlaceholder('Go to a view or run a command')).toBeVisible();
  await page.keyboard.press('Escape');
  await menu(page, 'lock');
  await expect(page.getByRole('button', { name: /^(Unlock|Sign in)$/ })).toBeVisible();
  await new VaultPage(page).unlock(person);
  await expect(page.getByRole('navigation')).toBeVisible();
  const { preferences, ports } = await doubled(page);
  expect(preferences.at(-1)).toEqual({ language: 'en', scheme: 'system' });
  expect(ports).toBeGreaterThan(1);
});
