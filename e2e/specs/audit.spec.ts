import { expect, test } from '../fixtures.ts';

test('lists what was done, newest first, verifies it and shows an entry', async ({ workspace: page }) => {
  await page.getByRole('button', { name: 'Add sample documents' }).last().click();
  await expect(page.getByRole('row')).toHaveCount(5);
  await page.keyboard.press('Control+7');
  await expect(page.getByRole('status', { name: 'State of the audit log' })).toContainText('The audit log is whole');
  await expect(page.getByRole('row', { name: /Imported a sample document/ })).toHaveCount(4);

  await page.getByRole('textbox', { name: 'Search entries' }).fill('vault.create');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('row', { name: /Created the vault/ }).click();
  const details = page.getByRole('dialog');
  await expect(details).toContainText('vault.create');
  await expect(details).toContainText(/[0-9a-f]{64}/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('button', { name: 'Checkpoint' }).click();
  await expect(page.getByText('Public key', { exact: true })).toBeVisible();
});
