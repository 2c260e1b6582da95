import { expect, type Locator, type Page } from '@playwright/test';

/** The view Audit: its tabs, the state of the log above them, and the timeline. */
export class AuditPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the view with the keyboard. */
  async open(): Promise<void> {
    await expect(this.#page.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await this.#page.keyboard.press('Control+7');
    await expect(this.#page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  }

  async openTab(name: 'Log' | 'Witnesses' | 'Log export'): Promise<void> {
    await this.open();
    await this.#page.getByRole('navigation', { name: 'Parts of the audit' }).getByRole('link', { name, exact: true }).click();
  }

  /** What the strip above every tab says. */
  get state(): Locator {
    return this.#page.getByRole('status', { name: 'State of the audit log' });
  }

  get search(): Locator {
    return this.#page.getByRole('textbox', { name: 'Search entries' });
  }

  entry(name: string | RegExp): Locator {
    return this.#page.getByRole('row', { name });
  }

  /** The drawer of an entry, or of the state. */
  get drawer(): Locator {
    return this.#page.getByRole('dialog');
  }
}
