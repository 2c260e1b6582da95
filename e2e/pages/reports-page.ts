import { expect, type Locator, type Page } from '@playwright/test';

const making = { timeout: 60_000 };

/** The list of signed reports and the dialog that makes one. */
export class ReportsPage {
  static readonly verified = 'Verified: every file is as it was signed.';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.go('#/audit/reports');
    await expect(this.#page.getByRole('link', { name: 'Reports' })).toHaveAttribute('aria-current', 'page');
  }

  async go(hash: string): Promise<void> {
    await this.#page.evaluate((address) => {
      location.hash = address;
    }, hash);
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'New report' });
  }

  row(title: string): Locator {
    return this.#page.getByRole('table', { name: 'Reports' }).getByRole('row').filter({ hasText: title });
  }

  /** Opens the dialog and chooses a kind. */
  async begin(kind: string): Promise<Locator> {
    await this.#page.getByRole('button', { name: 'New report' }).first().click();
    await this.dialog.getByRole('button', { name: kind, exact: true }).click();
    return this.dialog;
  }

  /** Makes what was chosen; it is verified before the dialog says that it is done. */
  async make(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Make and sign' }).click();
    await expect(this.dialog.getByText(ReportsPage.verified)).toBeVisible(making);
  }

  /** What a click on the button downloads. */
  async download(button: Locator, path: string): Promise<string> {
    const download = this.#page.waitForEvent('download');
    await button.click();
    const file = await download;
    await file.saveAs(path);
    return file.suggestedFilename();
  }
}
