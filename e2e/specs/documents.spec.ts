import { expect, test } from '../fixtures.ts';
import { DocumentsPage } from '../pages/documents-page.ts';

const reading = { timeout: 90_000 };

test('reads the sample documents, marks their personal data and masks it', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  await expect(page.getByText('No documents yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add sample documents' }).last().click();
  await expect(page.getByRole('row')).toHaveCount(5);
  for (const name of ['invoice.pdf', 'application-scan.pdf', 'claim-photo.png', 'lease-contract.pdf'])
    await expect(documents.row(name)).toContainText('Ready', reading);

  await documents.openDocument('invoice.pdf');
  await expect(page.getByRole('img', { name: 'Page 1' })).toBeVisible();
  const panel = page.getByRole('complementary');
  await expect(panel.getByRole('button', { name: /^Resident identity number/ })).toContainText('910000********0011');
  await panel.getByRole('switch', { name: 'Show values' }).click();
  await expect(panel.getByRole('button', { name: /^Resident identity number/ })).toContainText('910000190001010011');
  await panel.getByRole('tab', { name: 'Text' }).click();
  await expect(panel.getByRole('region', { name: 'Text' })).toContainText('13900000417');
  await panel.getByRole('switch', { name: 'Mask personal data' }).click();
  await expect(panel.getByRole('region', { name: 'Text' })).toContainText('139****0417');
  await expect(panel.getByRole('region', { name: 'Text' })).not.toContainText('13900000417');

  await page.getByRole('button', { name: 'Back to the documents' }).click();
  await documents.openDocument('application-scan.pdf');
  await expect(page.getByText('1 page by text recognition')).toBeVisible();
});

test('takes what is dropped anywhere, and says of each bad file what is wrong with it', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  await page.keyboard.press('Control+7');
  await documents.drop([
    { name: 'note.txt', text: 'Call 13900000417 tomorrow.' },
    { name: 'broken.pdf', text: 'this is no pdf' },
    { name: 'nothing.png', text: '' },
  ]);
  await expect(documents.row('note.txt')).toContainText('Ready', reading);
  await expect(documents.row('broken.pdf')).toContainText('The file is named .pdf but holds');
  await expect(documents.row('nothing.png')).toContainText('The file holds nothing to read.');

  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: 'Search documents' }))
    .fill('BROKEN');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
});

test('shows untrusted names and text as text only', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  const name = '<img src=x onerror=alert(1)>.txt';
  await documents.import([{ name, mimeType: 'text/plain', buffer: Buffer.from('<script>document.title="owned"</script><b>bold</b>') }]);
  await expect(documents.row(name)).toContainText('Ready', reading);
  await documents.openDocument(name);
  await page.getByRole('tab', { name: 'Text' }).click();
  await expect(page.getByRole('region', { name: 'Text' })).toHaveText('<script>document.title="owned"</script><b>bold</b>');
  await expect(page).toHaveTitle('Documents · Redoubt');
});

test('is worked by keyboard: move, select, extend, remove', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  const files = ['one', 'two', 'three', 'four'].map((name) => ({ name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.from(name) }));
  await documents.import(files);
  await expect(documents.row('four.txt')).toContainText('Ready', reading);
  const rows = page.locator('tbody').getByRole('row');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Remove 2 documents?');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Back to the documents' })).toBeVisible();
});

test('starts a flow over the selected documents and goes to the run', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  await documents.import([{ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Call 13900000417 tomorrow.') }]);
  await expect(documents.row('letter.txt')).toContainText('Ready', reading);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByRole('button', { name: 'Run a flow' }).click();
  await page.getByRole('menuitem', { name: 'Document intake' }).click();
  await expect(page.getByRole('main', { name: 'Runs' })).toContainText('Document intake');
  await expect(page.getByRole('main', { name: 'Runs' })).toContainText('letter.txt');
});
