import { expect, test } from '../fixtures.ts';
import { DocumentsPage } from '../pages/documents-page.ts';

test('documents and inference are killed in the middle of the work: the page goes on and everything is read', async ({
  workspace: page,
  host,
}) => {
  const documents = new DocumentsPage(page);
  await documents.open();
  await page.getByRole('button', { name: 'Add sample documents' }).first().click();
  await expect(page.getByRole('row').filter({ hasText: 'Reading' }).first()).toBeVisible();
  process.kill(await host.pidOf('documents'), 'SIGKILL');
  process.kill(await host.pidOf('inference'), 'SIGKILL');
  await expect(page.getByRole('row').filter({ hasText: 'Ready' })).toHaveCount(4, { timeout: 90_000 });
});
