import { expect, type Page } from '@playwright/test';

export type Credentials = { readonly userName: string; readonly displayName: string; readonly password: string };

/** What stands before the workspace: making the vault, unlocking it. */
export class VaultPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Makes the vault and goes on to the workspace without a recovery sheet. */
  async create(person: Credentials): Promise<void> {
    const page = this.#page;
    await this.begin(person);
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await page.getByRole('button', { name: 'Start working' }).click();
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  }

  /** Makes the vault; the recovery sheet is offered next. */
  async begin({ userName, displayName, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.getByLabel('Your name').fill(displayName);
    await page.getByLabel('User name').fill(userName);
    await page.getByLabel(/^Password( \*)?$/).fill(password);
    await page.getByLabel('Password again').fill(password);
    await page.getByRole('button', { name: 'Create vault' }).click();
    await expect(page.getByRole('heading', { name: 'Print a recovery sheet' })).toBeVisible();
  }

  async unlock({ userName, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.getByLabel('User name').fill(userName);
    await page.getByLabel(/^Password( \*)?$/).fill(password);
    await page.getByRole('button', { name: /^(Unlock|Sign in)$/ }).click();
  }

  /** The code that is on the screen, its groups joined by dashes. */
  async shownCode(): Promise<string> {
    const groups = this.#page.getByRole('list', { name: 'Code', exact: true }).getByRole('listitem');
    await expect(groups.first()).toBeVisible();
    return (await groups.allTextContents()).map((text) => text.trim().slice(-5)).join('-');
  }

  /** Goes to a section of the settings by its address. */
  async openSettings(section: string): Promise<void> {
    await this.#page.evaluate((name) => {
      location.hash = `#/settings/${name}`;
    }, section);
  }
}
