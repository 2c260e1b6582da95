import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';

test('exports the log on schedule and by hand, and tells of a file that was taken away', async ({ workspace: page }, info) => {
  const audit = new AuditPage(page);
  const folder = info.outputPath('collector');
  mkdirSync(folder, { recursive: true });
  await audit.openTab('Log export');
  const settings = page.getByRole('form', { name: 'Export to a log collector' });
  await settings.getByRole('switch', { name: 'Export on schedule' }).press('Space');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByText('Name a folder.')).toBeVisible();
  await settings.getByLabel('Folder').fill(join(folder, 'not-there'));
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByRole('alert')).toBeVisible();
  await settings.getByLabel('Folder').fill(folder);
  await settings.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: 'CEF' }).click();
  await settings.getByRole('button', { name: 'Save' }).click();

  const state = page.getByRole('region', { name: 'State of the export' });
  await state.getByRole('button', { name: 'Export now' }).click();
  await expect(state).toContainText('1 file');
  const [file] = readdirSync(folder);
  expect(file).toMatch(/\.cef$/);
  rmSync(join(folder, file ?? ''));
  await state.getByRole('button', { name: 'Export now' }).click();
  await expect(state.getByRole('alert')).toContainText('1 exported file is missing or altered');
  await expect(state.getByRole('row').filter({ hasText: file ?? '' })).toContainText('Missing');

  const once = page.getByRole('form', { name: 'Export a range' });
  await once.getByLabel('Folder').fill(folder);
  await once.getByRole('textbox', { name: 'To entry' }).fill('1');
  await once.getByRole('button', { name: 'Write files' }).click();
  await expect(once.getByRole('status')).toContainText('1 file was written');
});
