import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAuthority } from '../../electron/core/reports/signing/signing.fixture.ts';
import { tokenModules } from '../../electron/local/token-modules.ts';
import { expect, person, test } from '../fixtures.ts';
import { ReportsPage } from '../pages/reports-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const tools =
  ['/usr/bin/softhsm2-util', '/usr/bin/openssl'].every((path) => existsSync(path)) &&
  tokenModules({}).some((path) => path.includes('softhsm'));
const pin = '246810';
let folder = '';
const inherited = process.env['SOFTHSM2_CONF'];

// The host inherits where the token is, so it must be there before the host starts.
test.beforeAll(() => {
  test.skip(!tools, 'SoftHSM or OpenSSL is not installed');
  folder = mkdtempSync(join(tmpdir(), 'redoubt-token-'));
  mkdirSync(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = join(folder, 'key.pem');
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const softhsm = (...args: string[]) => execFileSync('softhsm2-util', args, { stdio: 'pipe' });
  softhsm('--init-token', '--free', '--label', 'Report card', '--so-pin', '12345678', '--pin', pin);
  softhsm('--import', key, '--token', 'Report card', '--label', 'signer', '--id', 'a1', '--pin', pin);
});

test.afterAll(() => {
  if (inherited === undefined) delete process.env['SOFTHSM2_CONF'];
  else process.env['SOFTHSM2_CONF'] = inherited;
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

test('a token signs for who gave its PIN, under the organisation’s authority, and the vault’s key after it', async ({
  workspace: page,
}, info) => {
  test.setTimeout(180_000);
  const vault = new VaultPage(page);
  const reports = new ReportsPage(page);
  await vault.openSettings('signing');
  await page.getByRole('button', { name: 'Use a token…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign with a token' });
  await expect(dialog.getByRole('combobox', { name: 'Token' })).toHaveValue(/^Report card/);
  await dialog.getByRole('textbox', { name: 'PIN of the token' }).fill('000000');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'PIN of the token' }).fill(pin);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('radio', { name: 'signer' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Sign with this key' }).click();
  await expect(page.getByText('On a token')).toBeVisible();

  await page.getByRole('button', { name: 'Create request…' }).click();
  const csr = info.outputPath('signing.csr');
  await reports.download(page.getByRole('button', { name: 'Create and save' }), csr);
  const authority = newAuthority(folder);
  await page.getByRole('button', { name: 'Import certificates…' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files…' }).click();
  const chain = Buffer.from(authority.issue(readFileSync(csr, 'utf8')));
  await (await chooser).setFiles({ name: 'chain.pem', mimeType: 'application/x-pem-file', buffer: chain });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Your organisation’s authority', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: '2 certificates below the root' }).click();
  await expect(page.getByRole('region', { name: 'Certificate of the signer' })).toBeVisible();

  // Nobody holds the PIN once the vault was locked.
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await vault.unlock(person);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await reports.open();
  const making = await reports.begin('Access review');
  await expect(making.getByText('The token “Report card” signs')).toBeVisible();
  await expect(making.getByRole('button', { name: 'Make and sign' })).toBeDisabled();
  await making.getByRole('textbox', { name: 'PIN of the token' }).fill(pin);
  await reports.make();
  await page.keyboard.press('Escape');

  await vault.openSettings('signing');
  await page.getByRole('button', { name: 'Use the vault’s key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use the vault’s key' }).click();
  await expect(page.getByText('In this vault', { exact: true })).toBeVisible();
});
