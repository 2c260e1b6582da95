import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, person, test } from '../fixtures.ts';
import { LocalHost } from '../local-host.ts';
import { VaultPage } from '../pages/vault-page.ts';

test('a backup is made, proved by a drill, and restored on a machine without a vault', async ({ workspace: page, localHost }) => {
  expect(localHost).toBeDefined();
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-e2e-backup-'));
  const other = mkdtempSync(join(tmpdir(), 'redoubt-e2e-restored-'));
  const host = new LocalHost(join(other, 'vault'));
  try {
    await new VaultPage(page).openSettings('backup');
    await page.getByLabel('Folder').fill(join(folder, 'not-there', 'nor-here'));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('The backup folder is not there');
    await page.getByLabel('Folder').fill(folder);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Back up now' }).click();
    const table = page.getByRole('table', { name: 'Backups in the folder' });
    await expect(table.getByRole('cell', { name: 'Full' })).toBeVisible();
    await page.getByRole('button', { name: 'Run a drill' }).click();
    await expect(page.getByText('A full recovery takes about')).toBeVisible();
    await expect(page.getByText('every row and every file matched')).toBeVisible();
    await expect(table.getByText('not yet')).toBeVisible();
    await page.getByRole('button', { name: /^Verify the backup of/ }).click();
    await expect(table.getByText('not yet')).toHaveCount(0);
    await expect(table.getByText('Damaged')).toHaveCount(0);

    await page.goto(await host.link());
    await page.getByRole('button', { name: 'Restore a vault from a backup' }).click();
    await page.getByLabel('Backup folder').fill(folder);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('button', { name: 'Restore this state…' }).click();
    const restore = async (password: string): Promise<void> => {
      await page.getByLabel('User name').fill(person.userName);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: /^Restore the state of/ }).click();
    };
    await restore('not the password');
    await expect(page.getByRole('alert')).toContainText('The user name or the password is wrong');
    await restore(person.password);
    await page.getByRole('button', { name: 'Go to sign-in' }).click();
    await new VaultPage(page).unlock(person);
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await page.keyboard.press('Control+7');
    await expect(page.getByRole('cell', { name: /restore/i }).first()).toBeVisible();
  } finally {
    await host.stop();
    for (const each of [folder, other]) rmSync(each, { recursive: true, force: true });
  }
});

test('an old copy that was put in place of the vault is recognised, and opened only by a typed decision', async ({ page, localHost }) => {
  expect(localHost).toBeDefined();
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-e2e-older-'));
  const [vault, copy] = [join(folder, 'vault'), join(folder, 'copy')];
  const vaultPage = new VaultPage(page);
  const withHost = async (work: () => Promise<void>): Promise<void> => {
    const host = new LocalHost(vault);
    try {
      await page.goto(await host.link());
      await work();
    } finally {
      await host.stop();
    }
  };
  try {
    await withHost(() => vaultPage.create(person));
    cpSync(vault, copy, { recursive: true });
    await withHost(async () => {
      await vaultPage.unlock(person);
      await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    });
    rmSync(vault, { recursive: true });
    cpSync(copy, vault, { recursive: true });
    await withHost(async () => {
      await vaultPage.unlock(person);
      await expect(page.getByRole('heading', { name: 'This vault is older than it should be' })).toBeVisible();
      await expect(page.getByRole('row', { name: /^Audit records/ })).toBeVisible();
      await page.getByRole('button', { name: 'Leave it closed' }).click();
      await vaultPage.unlock(person);
      await page.getByRole('button', { name: 'Open as it is…' }).click();
      await expect(page.getByRole('button', { name: 'Open as it is' })).toBeDisabled();
      await page.getByLabel('Type “open as it is” to confirm').fill('Open as it is');
      await page.getByRole('button', { name: 'Open as it is' }).click();
      await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
