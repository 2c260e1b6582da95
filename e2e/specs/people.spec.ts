import { expect, person, test } from '../fixtures.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

test('resets a password, shows and lifts a lock-out, and ends a session within a second', async ({ workspace: page, another }) => {
  const people = new PeoplePage(page);
  await people.add({ userName: 'eve', displayName: 'Eve Jones' });
  const other = await another();
  const eve = { userName: 'eve', displayName: 'Eve Jones', password: PeoplePage.password };
  await new VaultPage(other).unlock(eve);
  await expect(other.getByRole('navigation', { name: 'Views' })).toBeVisible();

  await people.open('sessions');
  await page.getByRole('button', { name: 'End this session of Eve Jones' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await expect(page.getByRole('button', { name: 'End this session of Eve Jones' })).toBeHidden();
  await other.keyboard.press('Control+3');
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await people.act('Eve Jones', 'Reset the password…');
  const dialog = page.getByRole('dialog', { name: 'Reset the password of Eve Jones' });
  await dialog.getByRole('button', { name: 'Make one up' }).click();
  const temporary = await dialog.locator('code').innerText();
  await dialog.getByRole('button', { name: 'Reset the password' }).click();
  await expect(people.row('Eve Jones')).toContainText('Must change the password');

  const locked = other.getByRole('alert').filter({ hasText: 'Too many wrong' });
  for (let attempt = 0; attempt < 10 && !(await locked.isVisible()); attempt += 1) {
    await new VaultPage(other).unlock({ ...eve, password: `wrong ${attempt}` });
    await expect(other.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('data-loading', 'true');
  }
  await expect(people.row('Eve Jones')).toContainText('Locked out');
  await people.act('Eve Jones', 'Lift the lock-out');
  await expect(people.row('Eve Jones')).not.toContainText('Locked out');
  // The page that counts the time down learns of it when it is opened again.
  await other.reload();
  await new VaultPage(other).unlock({ ...eve, password: temporary });
  await expect(other.getByRole('heading', { name: 'Choose a password of your own' })).toBeVisible();
});

test('separates the duties: nobody is owner, and each administrator sees only the own work', async ({ workspace: page, another }) => {
  const people = new PeoplePage(page);
  await people.open('roles');
  await expect(page.getByRole('rowheader', { name: /identity\.setRole/ })).toBeAttached();
  // Without a way in that belongs to nobody, an administrator who forgot the password would be shut out for good.
  await page.getByRole('button', { name: 'Make a recovery sheet and separate duties…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Separate the duties of this vault' });
  await dialog.getByRole('button', { name: 'Show the code' }).click();
  const code = await new VaultPage(page).shownCode();
  await dialog.getByRole('button', { name: 'I have it on paper' }).click();
  await dialog.getByLabel('Group 1 of 9').fill(code);
  await dialog.getByRole('button', { name: 'Check the code' }).click();
  for (const [duty, userName] of [
    ['System', 'sys'],
    ['Security', 'sec'],
    ['Audit', 'aud'],
  ] as const) {
    const group = dialog.getByRole('group', { name: `${duty} administrator` });
    await group.getByRole('textbox', { name: 'Name', exact: true }).fill(`${duty} Person`);
    await group.getByRole('textbox', { name: 'User name' }).fill(userName);
    await group.getByRole('textbox', { name: 'First password' }).fill(PeoplePage.password);
  }
  await dialog.getByRole('button', { name: 'Separate duties' }).click();
  await expect(dialog.getByText('Confirm that you understand this.')).toBeVisible();
  await dialog.getByLabel(/^I understand/).check();
  await dialog.getByRole('button', { name: 'Separate duties' }).click();
  await expect(dialog).toBeHidden();
  const rail = page.getByRole('navigation', { name: 'Views' });
  await expect(rail.getByRole('link')).toHaveText([
    'Documents',
    'Flows',
    'Runs',
    'Assistant',
    'Models',
    'Monitor',
    'Audit',
    'Cases',
    'Settings',
  ]);

  const security = await another();
  await new VaultPage(security).unlock({ userName: 'sec', displayName: '', password: PeoplePage.password });
  await security.getByLabel('Present password').fill(PeoplePage.password);
  await security.getByLabel(/^New password/).fill('Other words for 28');
  await security.getByLabel('Password again').fill('Other words for 28');
  await security.getByRole('button', { name: 'Change password' }).click();
  await expect(security.getByRole('heading', { name: 'People', level: 2 })).toBeVisible();
  await expect(security.getByRole('navigation', { name: 'Views' }).getByRole('link')).toHaveText(['Cases', 'Settings']);
  await security.keyboard.press('Control+8');
  await expect(security.getByRole('row').filter({ hasText: `Personal case of ${person.displayName}` })).toBeVisible();
});
