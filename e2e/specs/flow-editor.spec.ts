import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { FlowEditorPage } from '../pages/flow-editor-page.ts';

test('a flow is built with the mouse: drag from the palette, connect, refuse what does not fit', async ({ workspace: page }) => {
  const editor = new FlowEditorPage(page);
  await editor.create('Mouse');
  await expect(editor.nodes).toHaveCount(2);
  await page.getByRole('button', { name: 'Add Read document' }).dragTo(editor.canvas, { targetPosition: { x: 380, y: 250 } });
  await expect(editor.nodes).toHaveCount(3);
  await editor.tool('Show all').click();

  await editor.connect(editor.port('Input', /^Output Document/), editor.port('Read document', /^Input Document/));
  await expect(editor.edges).toHaveCount(1);
  await editor.connect(editor.port('Input', /^Output Document/), editor.port('Output', /^Input Text/));
  await expect(editor.page.getByText('this output gives document, the input takes text')).toBeVisible();
  await expect(editor.edges).toHaveCount(1);
  await editor.connect(editor.port('Read document', /^Output Text/), editor.port('Output', /^Input Text/));
  await expect(editor.edges).toHaveCount(2);

  await editor.tool('Undo').click();
  await expect(editor.edges).toHaveCount(1);
  await editor.tool('Redo').click();
  await expect(editor.edges).toHaveCount(2);
  await page.getByRole('button', { name: 'Problems', exact: true }).click();
  await expect(page.getByText('No problems: this flow can run.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await editor.saved(2);
});

test('everything works from the keyboard: add, connect, configure, move, copy, undo, save', async ({ workspace: page }) => {
  const editor = new FlowEditorPage(page);
  await editor.create('Keys');
  await editor.node('Input').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(editor.node('Output')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(editor.node('Input')).toBeFocused();

  await editor.addByKeyboard('read');
  await expect(editor.node('Read document')).toBeFocused();
  await expect(editor.edges).toHaveCount(1);

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Connect' });
  await dialog.getByLabel('To input').click();
  await page.getByRole('option', { name: 'Output – Text (text)' }).click();
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(editor.edges).toHaveCount(2);

  await editor.node('Read document').focus();
  const before = await editor.node('Read document').boundingBox();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await editor.node('Read document').boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await editor.node('Read document').boundingBox())?.y).toBe(before?.y);

  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Title', { exact: true })).toBeFocused();
  await page.keyboard.type('Read everything');
  await expect(editor.node('Read everything')).toBeVisible();

  await editor.node('Read everything').focus();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(editor.nodes).toHaveCount(4);
  await page.keyboard.press('Control+d');
  await expect(editor.nodes).toHaveCount(5);
  await page.keyboard.press('Delete');
  await expect(editor.nodes).toHaveCount(4);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(editor.nodes).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(editor.nodes).toHaveCount(4);
  await expect(editor.edges).toHaveCount(2);
  await page.keyboard.press('Control+s');
  await editor.saved(2);
});

test('a form says what is wrong, problems lead to their node, and leaving asks', async ({ workspace: page }) => {
  const editor = new FlowEditorPage(page);
  await editor.create('Forms');
  await page.getByRole('button', { name: 'Add Extract fields' }).click();
  await expect(editor.nodes).toHaveCount(3);
  await page.getByRole('button', { name: /\d+ problems/ }).click();
  await page
    .getByRole('list', { name: 'Problems' })
    .getByRole('button', { name: /Text must be connected|input text/i })
    .first()
    .click();
  await expect(editor.node('Extract fields')).toBeFocused();

  await page.getByRole('link', { name: 'All flows' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave.getByRole('button', { name: 'Stay' }).click();
  await expect(editor.nodes).toHaveCount(3);
  await page.getByRole('link', { name: 'All flows' }).click();
  await leave.getByRole('button', { name: 'Save and leave' }).click();
  await expect(page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible();
  await expect(page.getByRole('row', { name: /Forms/ })).toContainText('v2');
});

test('going back without saving asks, or keeps the changes for the next time', async ({ workspace: page }) => {
  const editor = new FlowEditorPage(page);
  await editor.create('Back');
  await page.getByRole('button', { name: 'Add Archive' }).click();
  await expect(editor.nodes).toHaveCount(3);
  // Not page.goBack(), which waits for a navigation that may be refused.
  await page.evaluate(() => history.back());
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  const list = page.getByRole('heading', { name: 'Flows', level: 1 });
  await expect(leave.or(list)).toBeVisible();
  if (await leave.isVisible()) await leave.getByRole('button', { name: 'Stay' }).click();
  else await page.getByRole('link', { name: 'Back', exact: true }).click();
  await expect(editor.nodes).toHaveCount(3);
  await expect(page.getByText('● Not saved')).toBeVisible();
});

test('a flow saved elsewhere meanwhile is a question, and nothing is lost', async ({ workspace: page, localHost }) => {
  const editor = new FlowEditorPage(page);
  await editor.create('Shared');
  const other = new FlowEditorPage(await page.context().newPage());
  await other.page.goto(await localHost.link());
  await other.page.getByLabel('User name').fill('ada');
  await other.page.locator('input[type=password]').fill('correct horse battery');
  await other.page.getByRole('button', { name: /^(Unlock|Sign in)$/ }).click();
  await other.open('Shared');
  await other.page.getByRole('button', { name: 'Add Archive' }).click();
  await other.page.keyboard.press('Control+s');
  await other.saved(2);

  await page.getByRole('button', { name: 'Add Clean text' }).click();
  await page.keyboard.press('Control+s');
  const conflict = page.getByRole('dialog', { name: 'Changed by somebody else' });
  await conflict.getByRole('button', { name: 'Save mine on top' }).click();
  await editor.saved(3);
  await expect(editor.node('Clean text')).toBeVisible();
});

test('a flow leaves as YAML and comes back the same', async ({ workspace: page }) => {
  const editor = new FlowEditorPage(page);
  await editor.openList();
  await page.getByRole('button', { name: 'More about Document intake' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export YAML' }).click()]);
  const path = await download.path();
  expect(readFileSync(path, 'utf8')).toContain('redoubt: flow/1');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Import YAML' }).click()]);
  await chooser.setFiles(path);
  await expect(editor.canvas).toBeVisible();
  await expect(editor.nodes).toHaveCount(8);
  await expect(editor.edges).toHaveCount(15);
});

test('a run shows live states, each step’s inputs and outputs, and a report that verifies', async ({ workspace: page }) => {
  test.setTimeout(180_000);
  const editor = new FlowEditorPage(page);
  await editor.open('Document intake');
  await page.keyboard.press('Control+Enter');
  const picker = page.getByRole('dialog', { name: 'Run on which documents?' });
  await picker.getByRole('button', { name: 'Add sample documents' }).click();
  await expect(picker.getByText('4 documents chosen')).toBeVisible();
  await picker.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('region', { name: 'Problems and run results' }).getByText('4 of 4')).toBeVisible({ timeout: 150_000 });
  await expect(editor.node('Output').getByRole('img', { name: 'Succeeded' })).toBeVisible();

  await page.getByRole('combobox', { name: 'Document', exact: true }).click();
  await page.getByRole('option', { name: /^invoice\.pdf/ }).click();
  await page
    .getByRole('list', { name: 'Steps in time' })
    .getByRole('button', { name: /^Mask personal data/ })
    .click();
  const step = page.getByRole('region', { name: 'Step Mask personal data' });
  await expect(step.getByRole('region', { name: 'Text' })).toContainText('139****0417');
  await step.getByRole('tab', { name: 'Inputs' }).click();
  await expect(step.getByRole('region', { name: 'Text' })).toContainText('13900000417');

  await page.getByRole('link', { name: 'Open in Runs' }).click();
  await page.getByRole('tab', { name: 'Signed reports' }).click();
  await page.getByRole('button', { name: 'Create signed report' }).click();
  const dialog = page.getByRole('dialog', { name: 'New report' });
  await dialog.getByRole('button', { name: 'Make and sign' }).click();
  await expect(dialog.getByText('Verified: every file is as it was signed.')).toBeVisible();
});
