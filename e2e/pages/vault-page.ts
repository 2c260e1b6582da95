import { expect, type Page } from '@playwright/test';

export type Credentials = { readonly userName: string; readonly displayName: string; readonly password: string };

/** What stands before the workspace: making the vault, unlocking it. */
export class VaultPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async create({ userName, displayName, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.getByLabel('Your name').fill(displayName);
    await page.getByLabel('User name').fill(userName);
    await page.getByLabel(/^Password( \*)?$/).fill(password);
    await page.getByLabel('Password again').fill(password);
    await page.getByRole('button', { name: 'Create vault' }).click();
    await expect(page.getByRole('navigation')).toBeVisible();
  }

  async unlock({ userName, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.getByLabel('User name').fill(userName);
    await page.getByLabel(/^Password( \*)?$/).fill(password);
    await page.getByRole('button', { name: /^(Unlock|Sign in)$/ }).click();
  }
}
