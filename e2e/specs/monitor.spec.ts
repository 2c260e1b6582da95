import { expect, test } from '../fixtures.ts';

test('shows the processes live, and a killed one comes back with the reason of its end', async ({ workspace: page, host }) => {
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('heading', { name: 'Monitor', level: 1 })).toBeVisible();
  const inference = page.getByRole('row', { name: /^Inference/ });
  await expect(inference).toContainText(String(await host.pidOf('inference')));
  await expect(inference).toContainText(/\d MB/);

  process.kill(await host.pidOf('inference'), 'SIGKILL');
  await expect(inference).toContainText('SIGKILL');
  await expect(inference).toContainText('Running');
  await expect(inference).toContainText(String(await host.pidOf('inference')));
});

test('pauses, and says everything in numbers as well', async ({ workspace: page }) => {
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('img', { name: /^Processor\. Machine: now \d+%/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/^Paused at/)).toBeVisible();
  await page.getByText('Figures', { exact: true }).click();
  await expect(page.getByRole('table', { name: 'Figures of the time shown' }).getByRole('row', { name: /^Memory Redoubt/ })).toContainText(
    /\d MB/,
  );
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(/^Paused at/)).toBeHidden();
});

test('goes on by itself after core was killed and the person signed in again', async ({ workspace: page, host }) => {
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('row', { name: /^Core/ })).toContainText('Running');
  process.kill(await host.pidOf('core'), 'SIGKILL');
  await expect(page.getByRole('button', { name: /^(Unlock|Sign in)$/ })).toBeVisible();
});
