import { generateKeyPairSync } from 'node:crypto';
import { expect, person, test } from '../fixtures.ts';
import { VaultPage } from '../pages/vault-page.ts';

const newPassword = 'another horse staple';
const vaultId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

test('a recovery sheet: printed without the page, typed back with the mistyped group marked, and it opens the vault', async ({ page }) => {
  const vault = new VaultPage(page);
  await vault.begin(person);
  await page.getByRole('button', { name: 'Show the code' }).click();
  const code = await vault.shownCode();
  const groups = code.split('-');
  expect(groups).toHaveLength(9);

  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.rd-sheet');
  await expect(sheet).toContainText('Recovery sheet');
  await expect(sheet).toContainText(vaultId);
  for (const group of groups) await expect(sheet).toContainText(group);
  await expect(page.getByRole('button', { name: 'Print sheet…' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(sheet).toBeHidden();

  await page.getByRole('button', { name: 'I have it on paper' }).click();
  const [first = '', second = ''] = groups;
  await page.keyboard.type(first.toLowerCase() + second.slice(0, 4) + (second.endsWith('A') ? 'B' : 'A'));
  await expect(page.getByText('Mistyped: group 2.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check the code' })).toBeDisabled();
  await page.getByLabel('Group 1 of 9').fill(code);
  await page.getByRole('button', { name: 'Check the code' }).click();
  await page.getByRole('button', { name: 'Start working' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();

  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Forgot password?' }).click();
  await page.getByLabel('Group 1 of 9').fill(groups.join(' '));
  await page.getByLabel('User name').fill(person.userName);
  await page.getByLabel(/^New password/).fill(newPassword);
  await page.getByLabel('Password again').fill(newPassword);
  await page.getByRole('button', { name: 'Open the vault' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();

  await page.keyboard.press('Control+l');
  await vault.unlock(person);
  await expect(page.getByRole('alert')).toContainText('The user name or the password is wrong');
  await vault.unlock({ ...person, password: newPassword });
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('custodians: shares handed out one by one, typed back, and any two of three open the vault', async ({ workspace: page }) => {
  const vault = new VaultPage(page);
  const takeShare = async (share: string): Promise<void> => {
    await page.getByLabel('Group 1 of 17').fill(share);
    await page.getByRole('button', { name: /^(Next share|Take this share)$/ }).click();
  };
  await vault.openSettings('keys');
  await expect(page.getByText('nobody can open this vault again')).toBeVisible();
  await page.getByRole('button', { name: 'Set up custodians…' }).click();
  const names = ['Anna Meier', 'Bo Li', 'Chen Wei'];
  for (const [at, name] of names.entries()) await page.getByLabel(`Custodian ${at + 1}`, { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Make shares' }).click();
  const shares: string[] = [];
  for (const name of names) {
    await page.getByRole('button', { name: `Show the share of ${name}` }).click();
    shares.push(await vault.shownCode());
  }
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', document.querySelector('.rd-print')?.textContent ?? '');
  });
  await page.getByRole('button', { name: 'Print the share of Bo Li' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', new RegExp(`${vaultId.source}.*Bo Li`));
  const [anna = '', bo = '', chen = ''] = shares;
  expect(new Set(shares.map((share) => share.length))).toEqual(new Set([17 * 6 - 1]));
  await page.getByRole('button', { name: 'All have theirs' }).click();
  await takeShare(anna);
  await page.getByLabel('Group 1 of 17').fill(anna);
  await expect(page.getByText('This share was taken already.')).toBeVisible();
  await takeShare(bo);
  await page.getByRole('button', { name: 'Check the shares' }).click();
  await expect(page.getByRole('cell', { name: 'any 2 of 3 shares' })).toBeVisible();

  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Forgot password?' }).click();
  await takeShare(chen);
  await expect(page.getByRole('button', { name: 'Open the vault' })).toBeDisabled();
  await takeShare(anna);
  await page.getByLabel('User name').fill(person.userName);
  await page.getByLabel(/^New password/).fill(newPassword);
  await page.getByLabel('Password again').fill(newPassword);
  await page.getByRole('button', { name: 'Open the vault' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('the vault key is replaced while one works, and everything agrees afterwards', async ({ workspace: page }) => {
  const vault = new VaultPage(page);
  await vault.openSettings('keys');
  await expect(page.getByText('No. 1', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Replace vault key…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace it' }).click();
  await page.reload();
  await expect(page.getByText('No. 2', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Check the whole vault' }).click();
  await expect(page.getByText('The vault is whole')).toBeVisible();

  await page.keyboard.press('Control+l');
  await vault.unlock(person);
  const freshness = page.getByRole('region', { name: 'Freshness' });
  await expect(freshness.getByText('Mark beside the vault')).toBeVisible();
  await expect(freshness.getByText('Agrees')).not.toHaveCount(0);
  await expect(freshness.getByText(/Was further|missing|Other history|Damaged/)).toHaveCount(0);
});

test('a key file as second factor is asked for only where the key needs it, and nothing opens without it', async ({ workspace: page }) => {
  const vault = new VaultPage(page);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const passphrase = 'kept elsewhere';
  const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase }).toString();
  const choose = async (label: string, name: string, text: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: label, exact: true }).click();
    await (await chooser).setFiles({ name, mimeType: 'application/x-pem-file', buffer: Buffer.from(text) });
  };
  await vault.openSettings('account');
  await page.getByRole('button', { name: 'Use a certificate…' }).click();
  await choose('Certificate', 'ada.pem', publicPem);
  await page.getByLabel('Your password').fill(person.password);
  await page.getByRole('button', { name: 'Use this certificate' }).click();
  await expect(page.getByText('Your key asks for your password and the key file')).toBeVisible();

  await page.keyboard.press('Control+l');
  await expect(page.getByLabel('Key file of your certificate')).toHaveCount(0);
  await vault.unlock(person);
  await expect(page.getByText('Your key also needs the key file')).toBeVisible();
  await choose('Key file of your certificate', 'ada.key', privatePem);
  await page.getByRole('button', { name: 'Unlock' }).click();
  // Word of what was done before the lock may still stand beside it.
  await expect(page.getByRole('alert').filter({ hasText: 'passphrase' })).toBeVisible();
  await page.getByLabel('Passphrase of the key file').fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('too many wrong passwords keep the name out and say for how long', async ({ workspace: page }) => {
  await page.keyboard.press('Control+l');
  const vault = new VaultPage(page);
  const lockedOut = page.getByRole('alert').filter({ hasText: 'Too many wrong tries' });
  for (let tries = 0; tries < 8 && !(await lockedOut.isVisible()); tries += 1) {
    await vault.unlock({ ...person, password: `wrong ${tries}` });
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Unlock' })).not.toHaveAttribute('data-loading');
  }
  await expect(page.getByRole('timer', { name: 'Time left' })).toHaveText(/^\d+:\d\d$/);
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeDisabled();
});
