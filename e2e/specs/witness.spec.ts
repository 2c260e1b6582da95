import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures.ts';
import { LocalHost } from '../local-host.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const cli = fileURLToPath(new URL('../../electron/cli/index.ts', import.meta.url));
const password = 'correct horse battery staple';

/** Runs the command line as another machine would, whose marks are in `state`. */
function redoubt(state: string, ...args: string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, REDOUBT_PASSWORD: password, XDG_STATE_HOME: state, HOME: state },
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('a witness is made, cosigns and is asked; one on a second machine is trusted after its key was compared', async ({
  workspace: page,
}, info) => {
  const audit = new AuditPage(page);
  await audit.openTab('Witnesses');
  await expect(page.getByText('Nobody outside has seen this log')).toBeVisible();
  await page.getByRole('button', { name: 'Add a witness' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a witness' });
  await adding.getByRole('textbox', { name: 'Folder of the witness' }).fill(info.outputPath('stick'));
  await adding.getByRole('textbox', { name: 'Name' }).fill('safe 1');
  await page.keyboard.press('Enter');
  await expect(adding).toContainText('A name has no spaces');
  await adding.getByRole('textbox', { name: 'Name' }).fill('safe-1');
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'safe-1' });
  await expect(card).toContainText(/Last cosigned\s*\d+ entries/);
  await card.getByRole('button', { name: 'Check' }).click();
  await expect(card.getByRole('status')).toContainText('The log continues what safe-1 saw');
  await card.getByRole('button', { name: 'Cosign now' }).click();
  await expect(page.getByText(/safe-1 has cosigned \d+ entries/)).toBeVisible();

  await page.getByRole('button', { name: 'Second machine…' }).click();
  const carrying = page.getByRole('dialog', { name: 'A witness on a second machine' });
  const download = page.waitForEvent('download');
  await carrying.getByRole('button', { name: 'Download request' }).click();
  const request = info.outputPath('request.json');
  await (await download).saveAs(request);
  const there = info.outputPath('there');
  const made = redoubt(there, 'witness', 'init', '--folder', join(there, 'notary'), '--name', 'notary') as { key: string };
  redoubt(there, 'witness', 'cosign', '--folder', join(there, 'notary'), '--request', request, '--out', join(there, 'answer.json'));
  await carrying.locator('input[type=file]').setInputFiles(join(there, 'answer.json'));
  await expect(carrying).toContainText('This witness is not known here yet');
  expect((await carrying.locator('dd').allInnerTexts()).join('+').replaceAll(/\s/g, '')).toBe(made.key);
  await expect(carrying.getByRole('button', { name: 'Trust this witness' })).toBeDisabled();
  await carrying.getByLabel('Both keys are the same').check();
  await carrying.getByRole('button', { name: 'Trust this witness' }).click();
  await expect(page.getByRole('region', { name: 'notary' })).toContainText('On a second machine');
});

test('a vault that was put back with its marks is named by the witness, on every tab', async ({ page, localHost }, info) => {
  test.setTimeout(240_000);
  void localHost;
  const place = (name: string): string => info.outputPath(name);
  mkdirSync(place('state'), { recursive: true });
  redoubt(place('state'), 'vault', 'create', '--vault', place('vault'), '--user', 'ada');
  for (const each of ['vault', 'state']) cpSync(place(each), place(`newer-${each}`), { recursive: true });
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    redoubt(place('newer-state'), 'cases', 'create', name, '--vault', place('newer-vault'), '--user', 'ada');
  redoubt(place('newer-state'), 'witness', 'init', '--folder', place('stick'), '--name', 'safe-1');
  redoubt(place('newer-state'), 'witness', 'cosign', '--folder', place('stick'), '--vault', place('newer-vault'), '--user', 'ada');

  const host = new LocalHost(place('vault'));
  try {
    await page.goto(await host.link());
    await new VaultPage(page).unlock({ userName: 'ada', displayName: '', password });
    const audit = new AuditPage(page);
    await audit.openTab('Witnesses');
    await page.getByRole('button', { name: 'Add a witness' }).click();
    await page.getByText('In a folder', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Folder of the witness' }).fill(place('stick'));
    await page.getByRole('button', { name: 'Trust it' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('the vault was put back to an earlier state');
    await page.keyboard.press('Escape');
    const card = page.getByRole('region', { name: 'safe-1' });
    await expect(card.getByRole('alert')).toContainText('safe-1 has seen a longer log than this one');
    await audit.openTab('Log');
    await expect(page.getByRole('alert')).toContainText('The vault was put back to an earlier state.');
    await expect(audit.entry(/A witness refused the log/)).toBeVisible();
  } finally {
    await page.goto('about:blank');
    await host.stop();
  }
});
