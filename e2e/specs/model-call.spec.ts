/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import { tinyModel } from '../../build/make-tiny-model.ts';
import { expect, test } from '../fixtures.ts';
import { AssistantPage } from '../pages/assistant-page.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

test('what was asked of a model is shown as plain text after a click that is recorded; hashes alone say so', async ({
  workspace: page,
}, info) => {
  const audit = new AuditPage(page);
  const assistant = new AssistantPage(page);
  const file = info.outputPath('tiny.gguf');
  writeFileSync(file, tinyModel({ contextLength: 8192, layers: 12, width: 256 }));
  await page.getByRole('link', { name: 'Models' }).click();
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(page.getByText('Redoubt test model').first()).toBeVisible();
  const ask = async (question: string): Promise<void> => {
    await assistant.open();
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: /test model/ }).click();
    await assistant.ask(question);
    await page.waitForFunction(() => (document.querySelector('article[aria-busy] [class*="markdown"]')?.textContent ?? '') !== '');
    await page.keyboard.press('Escape');
    await assistant.finished();
  };
  /** The newest of so many calls, once the list has it. */
  const openNewest = async (calls: number): Promise<void> => {
    await audit.openTab('Log');
    const asked = audit.entry(/Asked a model/);
    await expect(asked).toHaveCount(calls);
    await asked.first().click();
    await audit.drawer.getByRole('link', { name: 'What was asked and answered' }).click();
    await expect(page.getByRole('heading', { name: /^Model call, entry/ })).toBeVisible();
    await expect(page.getByText('Showing them is recorded in the audit log')).toBeVisible();
    await page.getByRole('button', { name: 'Show the texts' }).click();
  };
  await ask('kept as a hash');
  await openNewest(1);
  await expect(page.getByText('Only hashes were kept')).toBeVisible();

  await new VaultPage(page).openSettings('policies');
  await page.getByRole('combobox', { name: 'Calls of models' }).selectOption('texts');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The policies were saved.')).toBeVisible();
  const hostile = '<img src=x onerror=alert(1)> **bold** [link](http://example.org)';
  await ask(hostile);
  await openNewest(2);
  await expect(page.getByText('Unaltered')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Question' }).last()).toHaveText(hostile);
  await expect(page.getByRole('region', { name: 'Question' }).last().locator('*')).toHaveCount(0);

  await audit.openTab('Log');
  await expect(audit.entry(/Looked at the text of a model call/)).toHaveCount(2);
  // The texts are not kept by the page: a way back asks again.
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Show the texts' })).toBeVisible();
});
