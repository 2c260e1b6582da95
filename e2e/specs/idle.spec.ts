import { expect, test } from '../fixtures.ts';

test('warns before a session ends for want of activity, and says why it ended', async ({ workspace: page }) => {
  await page.clock.install();
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await page.clock.fastForward('04:35');
  const warning = page.getByRole('dialog', { name: 'Still there?' });
  await expect(warning).toContainText('seconds');
  await expect(warning.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await page.clock.fastForward('00:31');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('status')).toContainText('nothing was done for a while');
});
