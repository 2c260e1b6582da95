import { tinyModel } from '../../build/make-tiny-model.ts';
import { expect, test } from '../fixtures.ts';
import { DocumentsPage } from '../pages/documents-page.ts';

test('imports a model, knows it the second time, refuses what is none, loads and unloads it', async ({ workspace: page }) => {
  await page.keyboard.press('Control+5');
  const importFile = async (name: string, buffer: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import model…' }).first().click();
    await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  };
  const bytes = Buffer.from(tinyModel());
  await importFile('tiny.gguf', bytes);
  await expect(page.getByRole('region', { name: 'Import of tiny.gguf' })).toContainText('is ready to be loaded');
  await importFile('again.gguf', bytes);
  await expect(page.getByRole('region', { name: 'Import of again.gguf' })).toContainText('Nothing was stored twice');
  await importFile('not-a-model.gguf', Buffer.from('GGUX0000000000000000'));
  await expect(page.getByRole('region', { name: 'Import of not-a-model.gguf' })).toContainText('This is not a GGUF model file');

  const card = page.getByRole('list', { name: 'Models' }).getByRole('listitem').filter({ hasText: 'Test model, output is noise' });
  await expect(card).toHaveCount(1);
  await card.getByRole('button', { name: /^Load / }).click();
  await expect(card).toContainText('Loaded', { timeout: 60_000 });
  await card.getByRole('button', { name: /^Unload / }).click();
  await expect(card).toContainText('Not loaded');
});

test('takes a dropped model into the registry', async ({ workspace: page }) => {
  await new DocumentsPage(page).drop([{ name: 'dropped.gguf', text: 'no model at all' }]);
  await expect(page.getByRole('main', { name: 'Models' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Import of dropped.gguf' })).toContainText('This is not a GGUF model file');
});
