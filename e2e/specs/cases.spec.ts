import { expect, test } from '../fixtures.ts';
import { CasesPage } from '../pages/cases-page.ts';
import { DocumentsPage } from '../pages/documents-page.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const note = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`note ${name}`) });

test('keeps two cases apart: what is imported, listed, remembered and offered by the palette', async ({ workspace: page }) => {
  const cases = new CasesPage(page);
  const documents = new DocumentsPage(page);
  await cases.create('Harbour loan', 'Confidential');
  await documents.open();
  await documents.import([note('harbour.txt')]);
  await expect(documents.row('harbour.txt')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Harbour loan');
  await expect(page.getByRole('main')).toContainText('Confidential');

  await cases.choose('Personal case');
  await expect(page.getByText('No documents yet')).toBeVisible();
  await documents.import([note('mine.txt')]);
  await expect(documents.row('mine.txt')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Case: Harbour');
  await page.keyboard.press('Enter');
  await expect(documents.row('harbour.txt')).toBeVisible();
  await expect(documents.row('mine.txt')).toBeHidden();
  await page.reload();
  await expect(cases.switcher).toHaveAccessibleName('Case: Harbour loan (Confidential)');

  await cases.choose('All my cases');
  await expect(documents.row('harbour.txt')).toContainText('Harbour loan');
  await expect(documents.row('mine.txt')).toContainText('Personal case');
});

test('a closed case is read, not changed, and says why; a reader changes nothing at all', async ({ workspace: page, another }) => {
  const cases = new CasesPage(page);
  const documents = new DocumentsPage(page);
  await new PeoplePage(page).add({ userName: 'carl', displayName: 'Carl Jones' });
  await cases.create('Clinic audit', 'Secret');
  await cases.addMember('Carl Jones', 'Reads');
  await documents.open();
  await documents.import([note('clinic.txt')]);
  await expect(documents.row('clinic.txt')).toContainText('Ready');

  const other = await another();
  await new VaultPage(other).unlock({ userName: 'carl', displayName: '', password: PeoplePage.password });
  await new CasesPage(other).choose('Clinic audit');
  await expect(new DocumentsPage(other).row('clinic.txt')).toBeVisible();
  const blocked = other.getByRole('button', { name: 'Import…' }).first();
  await expect(blocked).toHaveAttribute('aria-disabled', 'true');
  await blocked.hover();
  await expect(other.getByRole('tooltip')).toContainText('You may read this case');

  await cases.openCase('Clinic audit');
  await page.getByRole('button', { name: 'Close case' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close case' }).click();
  await expect(page.getByRole('button', { name: 'Reopen case' })).toBeVisible();
  await documents.open();
  await expect(page.getByRole('button', { name: 'Import…' }).first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+4');
  await expect(page.getByText('This case is closed, so nothing in it can be changed.')).toBeVisible();
  await expect(page.getByLabel('Your question')).toBeDisabled();
});

test('deletes a case after its name was typed, and proves that nothing is left', async ({ workspace: page }) => {
  const cases = new CasesPage(page);
  await cases.create('Old matter', 'Internal');
  await page.getByRole('button', { name: 'Place a hold…' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('file 12');
  await page.getByRole('dialog').getByRole('button', { name: 'Place the hold' }).click();
  await expect(page.getByText('file 12')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete case…' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Lift the hold' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the hold' }).click();

  await page.getByRole('button', { name: 'Delete case…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Old matter” for good?' });
  await dialog.getByLabel(/^Type the name/).fill('Old');
  await expect(dialog.getByRole('button', { name: 'Delete for good' })).toBeDisabled();
  await dialog.getByLabel(/^Type the name/).fill('Old matter');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The case is gone' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'Records found afterwards 0' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the proof' }).click();
  expect((await download).suggestedFilename()).toBe('proof of deletion Old matter.json');
  await expect(cases.switcher).toHaveAccessibleName(/Personal case/);
});
