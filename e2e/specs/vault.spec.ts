import type { Page } from '@playwright/test';
import { expect, person, test } from '../fixtures.ts';
import { VaultPage } from '../pages/vault-page.ts';

const workspaceOf = (page: Page) => page.getByRole('navigation', { name: 'Views' });

test('refuses what cannot be a vault of anybody, and says why beside the field', async ({ page }) => {
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('User name').fill('ada lovelace');
  await page.getByLabel(/^Password( \*)?$/).fill('short');
  await page.getByLabel('Password again').fill('other');
  await page.getByRole('button', { name: 'Create vault' }).click();
  await expect(page.getByText('Use letters, digits, dot, dash or underscore')).toBeVisible();
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible();
  await expect(page.getByText('The two passwords differ.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Create your vault' })).toBeVisible();
});

test('locks, refuses a wrong password, opens again; a reload keeps the session', async ({ workspace: page }) => {
  const vault = new VaultPage(page);
  await page.reload();
  await expect(workspaceOf(page)).toBeVisible();
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByRole('heading', { name: 'Unlock the vault' })).toBeVisible();
  await vault.unlock({ ...person, password: 'not the password' });
  await expect(page.getByRole('alert')).toContainText('The user name or the password is wrong');
  await expect(page.getByLabel(/^Password( \*)?$/)).toBeFocused();
  await vault.unlock(person);
  await expect(workspaceOf(page)).toBeVisible();
});

test('says what happened when core was killed, and goes on after the password', async ({ workspace: page, host }) => {
  await page.keyboard.press('Control+7');
  process.kill(await host.pidOf('core'), 'SIGKILL');
  await expect(page.getByText('Saved work was kept; unlock to continue.')).toBeVisible();
  await new VaultPage(page).unlock(person);
  await expect(page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: 'State of the audit log' })).toContainText('The audit log is whole');
});
