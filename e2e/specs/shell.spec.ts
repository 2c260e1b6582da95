import { expect, person, test } from '../fixtures.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const views = {
  1: 'Documents',
  2: 'Flows',
  3: 'Runs',
  4: 'Assistant',
  5: 'Models',
  6: 'Monitor',
  7: 'Audit',
  8: 'Cases',
  9: 'Settings',
} as const;

test('opens every view by its key and by the palette', async ({ workspace: page }) => {
  const rail = page.getByRole('navigation', { name: 'Views' });
  for (const [digit, name] of Object.entries(views)) {
    await page.keyboard.press(`Control+${digit}`);
    await expect(rail.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('main', { name })).toBeVisible();
    await expect(page.getByText('This could not be shown')).toBeHidden();
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Go to a view or run a command' })).toBeFocused();
  await page.keyboard.type('audi');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main', { name: 'Audit' })).toBeVisible();
});

test('changes language and appearance at once, and keeps both', async ({ workspace: page }) => {
  await page.getByRole('button', { name: /^Ada Lovelace/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await expect(page.getByRole('main', { name: '文档' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.getByRole('main', { name: '文档' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('shows a viewer only what a viewer may see', async ({ workspace: page }) => {
  await new PeoplePage(page).add({ userName: 'eve', displayName: 'Eve Viewer', role: 'Viewer' });

  await page.getByRole('button', { name: /^Ada Lovelace/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await new VaultPage(page).unlock({ ...person, userName: 'eve', password: PeoplePage.password });
  const rail = page.getByRole('navigation', { name: 'Views' });
  await expect(rail.getByRole('link')).toHaveText(['Documents', 'Flows', 'Runs', 'Models', 'Monitor', 'Audit', 'Cases', 'Settings']);
  await expect(page.getByRole('button', { name: 'Import…' })).toHaveCount(0);
});
