import { expect, test } from '../fixtures.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

test('a role changes only after a second person agreed, and an export leaves the vault once', async ({ workspace: page, another }) => {
  const people = new PeoplePage(page);
  await people.add({ userName: 'bob', displayName: 'Bob Owner' });
  await people.add({ userName: 'eve', displayName: 'Eve Jones', role: 'Viewer' });
  await people.changeRole('Bob Owner', 'Owner');
  await expect(people.row('Bob Owner')).toContainText('Owner');

  await people.open('policies');
  await page.getByRole('checkbox', { name: 'Changes of a role' }).check();
  await page.getByRole('checkbox', { name: 'Exports' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The policies were saved.')).toBeVisible();

  const dialog = await people.changeRole('Eve Jones', 'Analyst');
  await expect(dialog.getByText('Waits for a second person')).toBeVisible();
  await dialog.getByRole('link', { name: 'Open approvals' }).click();
  await expect(page.getByRole('article', { name: 'Give somebody another role' })).toContainText('Waiting');
  await people.act('Eve Jones', 'Export everything about the person…');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByText('Waits for a second person')).toBeVisible();

  const second = await another();
  await new VaultPage(second).unlock({ userName: 'bob', displayName: '', password: PeoplePage.password });
  await expect(second.getByRole('status', { name: '2 requests wait for you' })).toBeVisible();
  await new PeoplePage(second).open('approvals');
  const role = second.getByRole('article', { name: 'Give somebody another role' });
  await expect(role).toContainText('Eve Jones (eve)');
  await expect(role).toContainText('Analyst');
  await role.getByRole('button', { name: 'Approve' }).click();
  await second
    .getByRole('article', { name: 'Export everything about a person' })
    .getByLabel(/^Comment/)
    .fill('once');
  await second.getByRole('article', { name: 'Export everything about a person' }).getByRole('button', { name: 'Approve' }).click();
  await expect(second.getByText('Nothing waits for your decision.')).toBeVisible();

  await expect(page.getByRole('status', { name: '2 requests wait for you' })).toBeVisible();
  await people.open('approvals');
  await page.getByRole('article', { name: 'Give somebody another role' }).getByRole('button', { name: 'Do it now' }).click();
  await expect(page.getByRole('article', { name: 'Give somebody another role' })).toContainText('Done');
  const download = page.waitForEvent('download');
  await page.getByRole('article', { name: 'Export everything about a person' }).getByRole('button', { name: 'Do it now' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await people.open();
  await expect(people.row('Eve Jones')).toContainText('Analyst');
});
