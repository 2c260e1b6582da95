import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readReport } from '../../electron/core/reports/read-report.ts';
import { expect, test } from '../fixtures.ts';
import { DocumentsPage } from '../pages/documents-page.ts';
import { FlowEditorPage } from '../pages/flow-editor-page.ts';
import { PeoplePage } from '../pages/people-page.ts';
import { ReportsPage } from '../pages/reports-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

type ReportJson = {
  readonly kind: string;
  readonly language: string;
  readonly organisation: { readonly name: string } | null;
  readonly classification: string | null;
  readonly template: { readonly name: string } | null;
  readonly data: { readonly runs?: readonly { readonly id: string }[] };
};

async function exported(path: string): Promise<{ readonly names: readonly string[]; readonly json: ReportJson }> {
  const files = await readReport(path);
  return { names: [...files.keys()], json: JSON.parse(Buffer.from(files.get('report.json') ?? []).toString()) as ReportJson };
}

test('an attestation is made with the keyboard alone, says what it proves, and the exported verifier accepts it', async ({
  workspace: page,
}, info) => {
  const reports = new ReportsPage(page);
  await reports.open();
  await expect(page.getByText('No reports yet')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new report');
  await page.keyboard.press('Enter');
  const card = reports.dialog.getByRole('button', { name: 'Compliance status' });
  await expect(card).toBeVisible();
  for (let step = 0; step < 12 && !(await card.evaluate((element) => element === document.activeElement)); step += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const standard = reports.dialog.getByRole('radio', { name: 'HIPAA 164.312' });
  await expect(standard).toBeChecked();
  await standard.focus();
  await page.keyboard.press('ArrowUp');
  await expect(reports.dialog.getByRole('radio', { name: 'PIPL' })).toBeChecked();
  // Enter in a radio of a form submits it.
  await page.keyboard.press('Enter');
  await expect(reports.dialog.getByText(ReportsPage.verified)).toBeVisible({ timeout: 60_000 });
  await expect(reports.dialog.getByText('What it does not prove')).toBeVisible();
  await reports.dialog.getByRole('button', { name: 'Open report' }).press('Enter');

  await expect(page.getByRole('heading', { name: /^Compliance status/, level: 2 })).toBeVisible();
  const fingerprint = await page.getByRole('group', { name: 'Fingerprint of the root certificate' }).innerText();
  await expect(page.getByRole('table', { name: 'Files' }).getByRole('row').filter({ hasText: 'report.pdf' })).toContainText('PAdES');
  const zip = info.outputPath('report.zip');
  expect(await reports.download(page.getByRole('button', { name: 'Export (.zip)' }), zip)).toMatch(/^Compliance status.*\.zip$/);
  expect((await exported(zip)).json).toMatchObject({ kind: 'compliance', language: 'en' });
  const html = info.outputPath('verifier.html');
  expect(await reports.download(page.getByRole('button', { name: 'Save verifier' }), html)).toBe('verifier.html');

  const auditor = await page.context().newPage();
  await auditor.goto(pathToFileURL(html).href);
  await auditor.locator('input[type=file]').first().setInputFiles(zip);
  await expect(auditor.locator('.verdict')).toContainText('The report is intact');
  const field = auditor.getByLabel('Paste or type the fingerprint');
  await field.fill(fingerprint);
  await expect(auditor.getByText('It is the same fingerprint.')).toBeVisible();
});

test('every kind asks for what it is about; the list filters by kind and shows one with the period it covers', async ({
  workspace: page,
}) => {
  const reports = new ReportsPage(page);
  await reports.open();
  const person = await reports.begin('Data held about a person');
  await expect(person.getByRole('button', { name: 'Make and sign' })).toBeDisabled();
  await person.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('option', { name: 'Ada Lovelace (ada)' }).click();
  await person.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '简体中文' }).click();
  await reports.make();
  await person.getByRole('button', { name: 'Done' }).click();
  await expect(reports.row('Data held about a person')).toContainText('简体中文');

  const egress = await reports.begin('Egress attestation');
  await egress.getByLabel('From').fill('2026-02-10');
  await egress.getByLabel('To and including').fill('2026-02-01');
  await expect(egress.getByText('Before the first day')).toBeVisible();
  await expect(egress.getByRole('button', { name: 'Make and sign' })).toBeDisabled();
  await egress.getByLabel('To and including').fill('2026-02-28');
  await reports.make();
  await egress.getByRole('button', { name: 'Done' }).click();
  await expect(reports.row('Egress attestation: 2026-02-10 to 2026-02-28')).toBeVisible();

  const model = await reports.begin('Model card');
  await model.getByRole('button', { name: 'Another kind' }).click();
  await model.getByRole('button', { name: 'Access review' }).click();
  await reports.make();
  await page.keyboard.press('Escape');
  await reports.begin('Model card');
  await model.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: 'Redoubt demonstration' }).click();
  await reports.make();
  await page.keyboard.press('Escape');

  await page.getByRole('combobox', { name: 'Kind of report' }).click();
  await page.getByRole('option', { name: 'Egress attestation' }).click();
  await expect(page.getByRole('table', { name: 'Reports' }).getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/kind=egress/);
  await page.locator('tbody').getByRole('row').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2026-02-10 to 2026-02-28', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the reports' }).click();
  await expect(page.getByRole('table', { name: 'Reports' }).getByRole('row')).toHaveCount(5);
});

test('a report of a run is on its page, on its case’s page and in the list; its export waits for a second person', async ({
  workspace: page,
}) => {
  test.setTimeout(180_000);
  const reports = new ReportsPage(page);
  const documents = new DocumentsPage(page);
  const editor = new FlowEditorPage(page);
  await documents.import([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Call 13900000417 tomorrow.') }]);
  await expect(documents.row('note.txt')).toContainText('Ready', { timeout: 60_000 });
  await editor.open('Document intake');
  await page.keyboard.press('Control+Enter');
  const picker = page.getByRole('dialog', { name: 'Run on which documents?' });
  await picker.getByRole('checkbox', { name: /note\.txt/ }).check();
  await picker.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('region', { name: 'Problems and run results' }).getByText('1 of 1')).toBeVisible({ timeout: 90_000 });

  await reports.open();
  const dialog = await reports.begin('Run report');
  await dialog.getByRole('checkbox', { name: /^Document intake/ }).check();
  await dialog.getByRole('textbox', { name: 'Banner on every page' }).fill('For the auditor only');
  await reports.make();
  await dialog.getByRole('button', { name: 'Open report' }).click();
  await page.getByRole('link', { name: 'Open the run' }).click();
  await page.getByRole('tab', { name: 'Signed reports' }).click();
  const card = page.getByRole('article', { name: /Document intake/ });
  await card.getByRole('button', { name: /^Verify/ }).click();
  await expect(card.getByText(ReportsPage.verified)).toBeVisible();
  await card.getByRole('button', { name: '11 files' }).click();
  await expect(card.getByRole('table', { name: 'Files' }).getByRole('row')).toHaveCount(12);

  await reports.go('#/cases');
  await page.getByRole('link', { name: 'Personal case' }).click();
  const ofCase = page.getByRole('region', { name: 'Signed reports' });
  await expect(ofCase.getByRole('article')).toHaveCount(1);
  await ofCase.getByRole('button', { name: 'Report of this case' }).click();
  await reports.make();
  await page.keyboard.press('Escape');
  await expect(ofCase.getByRole('article')).toHaveCount(2);

  await new PeoplePage(page).add({ userName: 'bob', displayName: 'Bob Owner' });
  await new PeoplePage(page).changeRole('Bob Owner', 'Owner');
  await expect(new PeoplePage(page).row('Bob Owner')).toContainText('Owner');
  await new PeoplePage(page).open('policies');
  await page.getByRole('checkbox', { name: 'Exports' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The policies were saved.')).toBeVisible();
  await reports.open();
  await reports.row('Run report').getByRole('link').click();
  await page.getByRole('button', { name: 'Export (.zip)' }).click();
  await expect(page.getByText('Waits for a second person')).toBeVisible();
});

test('a template with an error names its line and is not saved; mended, it makes a report of the organisation', async ({
  workspace: page,
}, info) => {
  const reports = new ReportsPage(page);
  await new VaultPage(page).openSettings('design');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Harbour Bank');
  await page.getByRole('textbox', { name: 'Classification' }).fill('Bank internal');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('The organisation was saved.')).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose logo…' }).click();
  await (await chooser).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: readFileSync('build/icon.png') });
  await expect(page.getByRole('img', { name: /^The logo, \d+ × \d+ pixels$/ })).toBeVisible();

  await page.getByRole('link', { name: 'Copy Access review (English)' }).click();
  const picture = page.getByRole('img', { name: 'Page 1 of the report' });
  await expect(picture).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('No problems')).toBeVisible();
  const before = await picture.getAttribute('src');
  const text = page.getByRole('textbox', { name: 'Text of the template' });
  await text.fill("# For the board\n\nMade by {{ createdBy }}.\n\n{{ data.nothing }}\n\n{% section 'summary' %}\n");
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('1 error: it cannot be saved');
  await expect(page.getByText('Mend the errors to see the pages.')).toBeVisible();
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Line 5' })).toBeVisible();
  await problems.getByRole('button', { name: /Line 5/ }).click();
  expect(await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split('\n').length)).toBe(5);

  // The wrong value gives way to a section, by the keyboard and then by a click.
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.getByRole('tab', { name: 'Sections and values' }).click();
  await page.getByRole('textbox', { name: 'Search sections and values' }).fill('people');
  await page
    .getByRole('region', { name: 'Sections' })
    .getByRole('button', { name: /section 'people'/ })
    .click();
  await expect(text).toHaveValue("# For the board\n\nMade by {{ createdBy }}.\n\n{% section 'people' %}\n\n{% section 'summary' %}\n");
  await page.keyboard.press('Control+z');
  await expect(text).toHaveValue(/data\.nothing/);
  await page.keyboard.press('Control+Shift+z');
  await expect(text).toHaveValue(/section 'people'/);
  await page.getByRole('tab', { name: 'Preview' }).click();
  await expect(picture).toBeVisible();
  await expect(problems).not.toContainText('error');
  expect(await picture.getAttribute('src')).not.toBe(before);

  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Board');
  await page.getByRole('link', { name: 'Back to report design' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('link', { name: 'Back to report design' }).click();
  await leave.getByRole('button', { name: 'Save and leave' }).click();
  await page.getByRole('table', { name: 'Templates' }).getByRole('link', { name: 'Board', exact: true }).click();
  await name.fill('Board template');
  await text.press('Control+s');
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Back to report design' }).click();
  await expect(page.getByRole('table', { name: 'Templates' }).getByRole('row').nth(1)).toContainText('Board template');

  await reports.open();
  const dialog = await reports.begin('Access review');
  await expect(dialog.getByRole('textbox', { name: 'Banner on every page' })).toHaveAttribute('placeholder', 'Bank internal');
  await dialog.getByRole('combobox', { name: 'Template' }).click();
  await page.getByRole('option', { name: 'Board template' }).click();
  await reports.make();
  const zip = info.outputPath('board.zip');
  await reports.download(dialog.getByRole('button', { name: 'Export (.zip)' }), zip);
  expect((await exported(zip)).json).toMatchObject({
    organisation: { name: 'Harbour Bank' },
    classification: 'Bank internal',
    template: { name: 'Board template' },
  });
});

test('signing: a request leaves as a file, time-stamp and SM2 add their files, and the fingerprint is that of reports', async ({
  workspace: page,
}, info) => {
  const reports = new ReportsPage(page);
  await new VaultPage(page).openSettings('signing');
  await expect(page.getByText('No certificate yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Create request…' }).click();
  const request = page.getByRole('dialog', { name: 'Certificate request' });
  await request.getByRole('textbox', { name: 'Organisation' }).fill('Harbour Bank');
  await request.getByRole('textbox', { name: 'Country' }).fill('China');
  await expect(request.getByRole('textbox', { name: 'Country' })).toHaveValue('Ch');
  const csr = info.outputPath('signing.csr');
  await reports.download(request.getByRole('button', { name: 'Create and save' }), csr);
  expect(readFileSync(csr, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/);

  await page.getByRole('button', { name: 'Import certificates…' }).click();
  const chain = page.getByRole('dialog', { name: 'Import certificates' });
  await chain.getByRole('textbox', { name: 'Certificates' }).fill('no certificate');
  await chain.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(chain.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('switch', { name: 'Time-stamp (RFC 3161)' }).check();
  await page.getByRole('switch', { name: /^SM2 and SM3 signature/ }).check();
  await expect(page.getByRole('switch', { name: /^SM2 and SM3 signature/ })).toBeChecked();
  await reports.open();
  await reports.begin('Access review');
  await reports.make();
  const zip = info.outputPath('report.zip');
  await reports.download(reports.dialog.getByRole('button', { name: 'Export (.zip)' }), zip);
  const { names } = await exported(zip);
  for (const name of ['report.json.p7s.tsr', 'time-stamp-ca.crt', 'sm2.crt', 'SM3SUMS', 'SM3SUMS.sig']) expect(names).toContain(name);
  const shown = await reports.dialog.getByRole('group', { name: 'Fingerprint of the root certificate' }).innerText();
  await page.keyboard.press('Escape');
  await new VaultPage(page).openSettings('signing');
  await expect(page.getByRole('group', { name: 'Root certificate: SHA-256 fingerprint' })).toHaveText(shown.replaceAll('\n', ' '));
});

test('an analyst makes reports of work only; a viewer reads and takes nothing out', async ({ workspace: page, another }) => {
  const people = new PeoplePage(page);
  await people.add({ userName: 'eve', displayName: 'Eve Jones' });
  await people.add({ userName: 'vic', displayName: 'Vic Reed', role: 'Viewer' });
  const analyst = await another();
  await new VaultPage(analyst).unlock({ userName: 'eve', displayName: '', password: PeoplePage.password });
  const reports = new ReportsPage(analyst);
  await expect(analyst.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await reports.open();
  await analyst.getByRole('button', { name: 'New report' }).first().click();
  await expect(reports.dialog.getByRole('button', { name: 'Run report' })).toBeVisible();
  await expect(reports.dialog.getByText('About the vault')).toBeHidden();
  await reports.dialog.getByRole('button', { name: 'Case report' }).click();
  await reports.make();
  await analyst.keyboard.press('Escape');
  await reports.go('#/settings/design');
  await expect(analyst.getByRole('heading', { name: 'My account' })).toBeVisible();

  const viewer = await another();
  await new VaultPage(viewer).unlock({ userName: 'vic', displayName: '', password: PeoplePage.password });
  await expect(viewer.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await new ReportsPage(viewer).open();
  await expect(viewer.getByText('Signed reports of your cases appear here once somebody makes one.')).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'New report' })).toBeHidden();
});
