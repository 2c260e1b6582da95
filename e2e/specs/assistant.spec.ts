/// <reference lib="dom" />
import { writeFileSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { tinyModel } from '../../build/make-tiny-model.ts';
import { expect, person, test } from '../fixtures.ts';
import { AssistantPage } from '../pages/assistant-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

/** Imports a test model and chooses it; its answers are noise, and it is large enough that one takes seconds. */
async function withTestModel(page: Page, info: TestInfo): Promise<AssistantPage> {
  const file = info.outputPath('tiny.gguf');
  writeFileSync(file, tinyModel({ contextLength: 8192, layers: 12, width: 256 }));
  await page.getByRole('link', { name: 'Models' }).click();
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(page.getByText('Redoubt test model').first()).toBeVisible();
  const assistant = new AssistantPage(page);
  await assistant.open();
  await chooseTestModel(page);
  return assistant;
}

async function chooseTestModel(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: /test model/ }).click();
}

/** Waits until the answer has begun to arrive. */
async function begun(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('article[aria-busy] [class*="markdown"]')?.textContent ?? '') !== '');
}

test('an answer is stopped with Escape, kept, and asked for again; conversations are renamed and deleted', async ({
  workspace: page,
}, info) => {
  const assistant = await withTestModel(page, info);
  await assistant.question.fill('first line');
  await assistant.question.press('Shift+Enter');
  await assistant.question.pressSequentially('second line');
  // Enter that accepts a suggestion of an input method sends nothing.
  await assistant.question.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true });
  await expect(assistant.question).toHaveValue('first line\nsecond line');
  await assistant.question.press('Enter');
  await begun(page);
  await page.keyboard.press('Escape');
  await assistant.finished();
  await expect(assistant.answers).toContainText('Stopped. What was written is kept.');
  await page.reload();
  await expect(assistant.answers).toContainText('Stopped. What was written is kept.');

  await chooseTestModel(page);
  await page.getByRole('button', { name: 'Answer again' }).click();
  await begun(page);
  await page.getByRole('button', { name: 'Stop' }).click();
  await assistant.finished();
  await expect(assistant.answers).toHaveCount(1);

  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByLabel('Title').fill('Noise');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { name: 'Noise' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Your conversations will be listed here.')).toBeVisible();
});

test('kill -9 of inference, then of core, during an answer keeps what had arrived and says what to do', async ({
  workspace: page,
  host,
}, info) => {
  const assistant = await withTestModel(page, info);
  await assistant.ask('one');
  await begun(page);
  process.kill(await host.pidOf('inference'), 'SIGKILL');
  await assistant.finished();
  await expect(assistant.answers.last()).toContainText('What had arrived is kept. Ask again.');

  await assistant.ask('two');
  await begun(page);
  process.kill(await host.pidOf('core'), 'SIGKILL');
  await new VaultPage(page).unlock(person);
  await expect(assistant.answers).toHaveCount(2);
  await expect(assistant.answers.last()).toContainText('Redoubt ended while this answer was being written.');
});
