import { expect, type Locator, type Page } from '@playwright/test';

/** The view of cases, one case, and the switcher in the rail. */
export class CasesPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get switcher(): Locator {
    return this.#page.getByRole('button', { name: /^Case: / });
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+8');
    await expect(this.#page.getByRole('heading', { name: 'Cases', level: 1 })).toBeVisible();
  }

  /** Makes a case, which is then the one worked in. */
  async create(name: string, label: string): Promise<void> {
    const page = this.#page;
    await this.open();
    await page.getByRole('button', { name: 'New case' }).click();
    const dialog = page.getByRole('dialog', { name: 'New case' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('combobox', { name: 'Label' }).click();
    await page.getByRole('option', { name: label }).click();
    await dialog.getByRole('button', { name: 'Create case' }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }

  async openCase(name: string): Promise<void> {
    await this.open();
    await this.#page.getByRole('link', { name }).click();
    await expect(this.#page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }

  async addMember(displayName: string, access: string): Promise<void> {
    const page = this.#page;
    const card = page.getByRole('region', { name: 'Members' });
    await card.getByRole('combobox', { name: 'Add a person' }).click();
    await page.getByRole('option', { name: displayName }).click();
    await card.getByRole('combobox', { name: 'May', exact: true }).click();
    await page.getByRole('option', { name: access, exact: true }).click();
    await card.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(card.getByRole('row').filter({ hasText: displayName })).toBeVisible();
  }

  /** Changes the case with the keyboard. */
  async choose(name: string): Promise<void> {
    await expect(this.switcher).toBeVisible();
    await this.#page.keyboard.press('Control+j');
    const marked = this.#page.locator('[role="option"][data-combobox-selected]');
    await expect(marked).toHaveCount(1);
    for (let step = 0; step < 20 && !(await marked.innerText()).startsWith(name); step += 1) await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('Enter');
    await expect(this.switcher).toHaveAccessibleName(new RegExp(`^Case: ${name}`, 'i'));
  }
}
