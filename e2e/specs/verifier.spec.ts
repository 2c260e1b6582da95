import { expect, test as base, type Page } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { buildVerifier, verifierFile } from '../../build/verifier.ts';
import { quietFlags } from '../../electron/local/browser.ts';
import { finishedRun, openReports } from '../../electron/core/reports/reports.fixture.ts';
import { own, type Bytes } from '../../electron/core/reports/verify/bytes.ts';
import { writeZip } from '../../electron/core/reports/verify/zip/write-zip.ts';

type Files = Map<string, Bytes>;
const systemChromium = '/usr/bin/chromium';

/** The page as an auditor has it: a file, and no network. Any request but for the page itself fails the test. */
const test = base.extend<{ page: Page }, { report: Files }>({
  report: [
    async ({}, use) => {
      if (!existsSync(verifierFile)) await buildVerifier();
      const run = finishedRun(3);
      const vault = openReports(run);
      const act = (action: string) => vault.act(action);
      await vault.signing.setTimeStamp(act('signing.set-time-stamp'), true);
      await vault.signing.setSm2(act('signing.set-sm2'), true);
      const { id } = await vault.reports.create(act('reports.create'), { kind: 'run', runIds: [run.id], language: 'en' });
      const { files } = vault.reports.export(act('reports.export'), { id });
      await use(new Map(files.map(({ name, base64 }) => [name, own(Buffer.from(base64, 'base64'))])));
      vault.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ locale, colorScheme }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'redoubt-verifier-'));
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const context = await chromium.launchPersistentContext(profile, {
      ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
      args: [...quietFlags, ...asRoot],
      ...(locale ? { locale } : {}),
      colorScheme: colorScheme ?? 'light',
      viewport: { width: 1000, height: 1000 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    page.on('console', (message) => (message.type() === 'error' ? seen.push(message.text()) : undefined));
    page.on('pageerror', (error) => seen.push(String(error)));
    const address = pathToFileURL(verifierFile).href;
    await page.goto(address);
    await use(page);
    expect(seen).toEqual([address]);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  },
});

const chosen = (page: Page) => page.locator('input[type=file]').first();
const zipOf = (files: Files, name = 'report.zip') => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(writeZip([...files].map(([each, bytes]) => ({ name: each, bytes })))),
});
const flipped = (bytes: Bytes) => bytes.with(Math.floor(bytes.length / 2), (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1);
const verdict = (page: Page) => page.locator('.verdict');

test('a good archive is accepted, says what is proven and what is not, and its fingerprint is compared', async ({ page, report }, info) => {
  await page.screenshot({ path: info.outputPath('empty.png'), fullPage: true });
  await chosen(page).setInputFiles(zipOf(report));
  await expect(verdict(page)).toContainText('The report is intact');
  await expect(page.getByRole('heading', { name: 'What is not proven' })).toBeVisible();
  await expect(page.locator('tbody tr').filter({ hasText: 'FAILED' })).toHaveCount(0);
  for (const name of report.keys()) await expect(page.locator('tbody td:first-child', { hasText: name }).first()).toBeVisible();
  const fingerprint = (await page.locator('.fingerprint').textContent()) ?? '';
  const field = page.getByLabel('Paste or type the fingerprint');
  await field.fill(fingerprint.toLowerCase().replaceAll(' ', ':'));
  await expect(page.getByText('It is the same fingerprint.')).toBeVisible();
  await field.fill(`${fingerprint.slice(0, -1)}${fingerprint.endsWith('0') ? '1' : '0'}`);
  await expect(page.getByText('It is ANOTHER fingerprint.')).toBeVisible();
  await page.screenshot({ path: info.outputPath('good.png'), fullPage: true });
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: '深色' }).click();
  await expect(verdict(page)).toContainText('报告完好');
  await page.screenshot({ path: info.outputPath('good-zh-dark.png'), fullPage: true });
});

test('the files without an archive are accepted as well, a witness’s key may be given', async ({ page, report }) => {
  await chosen(page).setInputFiles(
    [...report].map(([name, bytes]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
  );
  await expect(verdict(page)).toContainText('The report is intact');
  await page.getByText('Keys of witnesses that you know').click();
  await page.getByLabel('Keys of witnesses that you know').fill('no key at all');
  await page.getByLabel('Keys of witnesses that you know').blur();
  await expect(page.getByText('This is not the key of a witness: no key at all')).toBeVisible();
});

test('a folder is what lies in it: a good report deeper in it does not answer for a forged one', async ({ page, report }, info) => {
  const folder = info.outputPath('report');
  const folders = page.locator('input[type=file]').nth(1);
  const lay = (into: string, files: Files) => {
    mkdirSync(into, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(into, name), bytes);
  };
  lay(folder, report);
  await folders.setInputFiles(folder);
  await expect(verdict(page)).toContainText('The report is intact');
  lay(folder, new Map([['report.pdf', own(Buffer.from('forged'))]]));
  lay(join(folder, 'zz'), new Map([['report.pdf', report.get('report.pdf') ?? own(new Uint8Array())]]));
  await folders.setInputFiles(folder);
  await expect(verdict(page)).toContainText('does NOT verify');
  await expect(verdict(page)).toContainText('report.pdf, ');
  await expect(verdict(page)).toContainText('zz/report.pdf');
  // The same name twice, chosen from two folders.
  const files = [...report, ['report.pdf', own(Buffer.from('forged'))] as const];
  await chosen(page).setInputFiles(files.map(([name, bytes]) => ({ name, mimeType: '', buffer: Buffer.from(bytes) })));
  await expect(verdict(page)).toContainText('stands twice');
});

test('an archive that is dropped on the page is checked', async ({ page, report }) => {
  const { buffer } = zipOf(report);
  const transfer = await page.evaluateHandle((base64) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    data.items.add(new File([bytes], 'dropped.zip'));
    return data;
  }, buffer.toString('base64'));
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
  await expect(verdict(page)).toContainText('The report is intact');
});

test('every bad file is named: changed, taken away, added; what is no report is refused', async ({ page, report }, info) => {
  // One after the other with another name each, so that no verdict is taken for the next.
  const says = async (files: Files, name: string) => {
    await chosen(page).setInputFiles(zipOf(files));
    await expect(verdict(page)).toContainText(new RegExp(`At fault: ${name.replaceAll('.', String.raw`\.`)}$`));
    await expect(verdict(page)).toHaveAttribute('data-tone', 'bad');
  };
  for (const [name, bytes] of report) await says(new Map([...report, [name, flipped(bytes)]]), name);
  for (const name of report.keys()) await says(new Map([...report].filter(([other]) => other !== name)), name);
  await says(new Map([...report, ['invoice.html', own(Buffer.from('<img src=x onerror=alert(1)>'))]]), 'invoice.html');
  await chosen(page).setInputFiles(zipOf(new Map([...report, ['VERIFY.txt', own(Buffer.from('all is well'))]])));
  await expect(verdict(page)).toContainText('VERIFY.txt');
  await page.screenshot({ path: info.outputPath('bad.png'), fullPage: true });
  const damaged = zipOf(report);
  damaged.buffer.writeUInt8(damaged.buffer.readUInt8(2000) ^ 1, 2000);
  await chosen(page).setInputFiles(damaged);
  await expect(verdict(page)).toContainText('The archive is damaged: report.pdf');
  await chosen(page).setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('dear auditor') });
  await expect(verdict(page)).toContainText('neither a ZIP archive nor the files of a report');
});
