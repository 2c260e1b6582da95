import { expect, test } from '../fixtures.ts';
import { PeoplePage } from '../pages/people-page.ts';

test('a rule is tuned, what it finds is shown with its entries, and looking into it is noted', async ({ workspace: page }) => {
  const people = new PeoplePage(page);
  await people.add({ userName: 'bob', displayName: 'Bob Owner' });
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await page.getByRole('navigation', { name: 'Parts of the audit' }).getByRole('link', { name: 'Alerts' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to look into' })).toBeVisible();

  await page.getByRole('link', { name: 'Rules' }).click();
  const bulk = page.getByRole('region', { name: 'Bulk export' });
  await bulk.getByLabel('Times').fill('2');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByText('Changed by ada')).toBeVisible();

  for (let i = 0; i < 2; i += 1) {
    await people.open();
    await people.act('Bob Owner', 'Export everything about the person…');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await download;
  }
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await page.getByRole('navigation', { name: 'Parts of the audit' }).getByRole('link', { name: 'Alerts' }).click();
  await expect(page.getByRole('status', { name: '1 alert to look into' })).toBeVisible();
  const row = page.getByRole('row', { name: /Bulk export/ });
  await expect(row).toContainText('Took data out of the vault 2 times within 60 minutes.');
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Bulk export' });
  await expect(drawer.getByRole('region', { name: 'Entries that show it' }).getByText('Exported everything about a person')).toHaveCount(2);
  await drawer.getByLabel('What you found').fill('A hand-over that was announced.');
  await drawer.getByRole('button', { name: 'There is a good reason' }).click();
  await expect(drawer.getByText('Looked into by')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Nothing to look into' })).toBeVisible();
  await page.getByText('All', { exact: true }).click();
  await expect(page.getByRole('row', { name: /Bulk export/ })).toContainText('Expected');
});
