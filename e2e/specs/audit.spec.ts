/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import { connectClient } from '../../electron/local/client.ts';
import { Host } from '../../electron/local/host.ts';
import { expect, person, test } from '../fixtures.ts';
import { LocalHost } from '../local-host.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { DocumentsPage } from '../pages/documents-page.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const note = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`note ${name}`) });

test('finds what was done with filters that stay in the address, and shows all of an entry with its proof', async ({ workspace: page }) => {
  const audit = new AuditPage(page);
  await page.getByRole('button', { name: 'Add sample documents' }).last().click();
  await expect(page.getByRole('row')).toHaveCount(5);
  await audit.open();
  await expect(audit.state).toContainText('The audit log is whole');
  await expect(audit.entry(/Imported a sample document/)).toHaveCount(4);

  await audit.search.fill('vault.create');
  await expect(page.getByText('1 entry', { exact: true })).toBeVisible();
  await page.reload();
  await expect(audit.search).toHaveValue('vault.create');
  await audit.entry(/Created the vault/).focus();
  await page.keyboard.press('Enter');
  await expect(audit.drawer).toContainText('vault.create');
  await expect(audit.drawer).toContainText(/[0-9a-f]{64}/);
  const download = page.waitForEvent('download');
  await audit.drawer.getByRole('button', { name: 'Download proof' }).click();
  const proof = await download;
  expect(proof.suggestedFilename()).toMatch(/^entry-\d+\.tlog-proof$/);
  expect(readFileSync(await proof.path(), 'utf8')).toContain('c2sp.org/tlog-proof@v1');
  await page.keyboard.press('Escape');
  await expect(audit.drawer).toBeHidden();
  await expect(audit.search).toHaveValue('vault.create');

  await page.getByRole('textbox', { name: 'Search entries' }).fill('');
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('combobox', { name: 'Areas' }).fill('Docu');
  await page.getByRole('option', { name: 'Documents' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Chosen filters' })).toContainText('Area: Documents');
  await expect(audit.entry(/Created the vault/)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Denied' }).click();
  await expect(page.getByText('No entry matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(audit.entry(/Created the vault/)).toBeVisible();
});

test('goes through a long log by keyboard and draws only what is in sight', async ({ page, localHost }, info) => {
  test.setTimeout(240_000);
  void localHost;
  const vaultFolder = info.outputPath('vault');
  const making = new Host({ host: 'cli', vaultFolder, kdfCost: floorCost, onLog: () => undefined });
  await making.start();
  const { client } = connectClient(making);
  await client.vault.create(person);
  for (let each = 1; each <= 300; each += 1) await client.cases.create({ name: `Case ${each}` });
  await making.stop();
  const host = new LocalHost(vaultFolder);
  try {
    await page.goto(await host.link());
    await new VaultPage(page).unlock(person);
    const audit = new AuditPage(page);
    await audit.open();
    const rows = page.locator('tr[data-key]');
    await rows.nth(2).focus();
    await page.keyboard.press('Home');
    await expect(rows.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    // To the end of what is there; more comes as it gets near.
    await expect(async () => {
      await page.keyboard.press('End');
      await expect(audit.entry(/Created the vault/)).toBeFocused({ timeout: 1_000 });
    }).toPass();
    expect(await rows.count()).toBeLessThan(80);
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('tr[data-key="1"]')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(audit.drawer).toContainText(/No\.\s*1/);
    await page.keyboard.press('Escape');
    await expect(page.locator('tr[data-key="1"]')).toBeFocused();
  } finally {
    await page.goto('about:blank');
    await host.stop();
  }
});

test('tells the life of a document from import to deletion, and what one person did', async ({ workspace: page }) => {
  const documents = new DocumentsPage(page);
  const audit = new AuditPage(page);
  await documents.import([note('harbour.txt')]);
  await expect(documents.row('harbour.txt')).toContainText('Ready');
  await documents.openDocument('harbour.txt');
  await page.getByRole('button', { name: 'Actions for this document' }).click();
  await page.getByRole('menuitem', { name: 'History in the audit log' }).click();
  await expect(page.getByRole('heading', { name: 'History of harbour.txt' })).toBeVisible();
  await expect(audit.entry(/Imported a document/)).toBeVisible();
  const address = await page.evaluate(() => location.hash);

  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('button', { name: 'Actions for this document' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No documents yet')).toBeVisible();
  await page.evaluate((hash) => void (location.hash = hash), address);
  await expect(page.getByText('Ended with')).toBeVisible();
  await expect(audit.entry(/Removed a document/)).toBeVisible();
  await audit.entry(/Removed a document/).click();
  await audit.drawer.getByRole('link', { name: 'All acts of ada' }).click();
  await expect(page).toHaveURL(/who=ada/);
  await expect(audit.entry(/system/)).toHaveCount(0);

  await new PeoplePage(page).act('Ada Lovelace', 'What they did, in the audit log');
  await expect(audit.entry(/Created the vault/)).toBeVisible();
});

test('holds every entry, and lifts the hold only after a phrase was typed', async ({ workspace: page }) => {
  const audit = new AuditPage(page);
  await audit.open();
  await expect(audit.state).toContainText('The audit log is whole');
  await audit.state.getByRole('button', { name: 'Details' }).click();
  await expect(audit.drawer).toContainText('Entries are kept for 2,190 days.');
  await audit.drawer.getByRole('button', { name: 'Hold every entry…' }).click();
  const asking = page.getByRole('dialog', { name: 'Hold every entry…' });
  await asking.getByLabel('Reason').fill('order 12');
  await asking.getByRole('button', { name: 'Hold every entry', exact: true }).click();
  await expect(page.getByText('order 12')).toBeVisible();
  await expect(audit.state).toContainText('on hold');
  await page.getByRole('button', { name: 'Lift the hold…' }).click();
  const lifting = page.getByRole('dialog', { name: 'Lift the hold…' });
  await lifting.getByRole('textbox').fill('lift');
  await expect(lifting.getByRole('button', { name: 'Lift the hold…' })).toBeDisabled();
  await lifting.getByRole('textbox').fill('lift the hold');
  await page.keyboard.press('Enter');
  await expect(lifting).toBeHidden();
  await expect(audit.state).not.toContainText('on hold');
});
