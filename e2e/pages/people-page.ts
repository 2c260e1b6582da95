import { expect, type Locator, type Page } from '@playwright/test';
import { VaultPage } from './vault-page.ts';

export type Account = { readonly userName: string; readonly displayName: string; readonly role?: 'Analyst' | 'Viewer' | 'Model steward' };

/** Settings: people, their roles, policies and requests for approval. */
export class PeoplePage {
  readonly #page: Page;
  /** What every account made here is given. */
  static readonly password = 'Plenty of words 27';

  constructor(page: Page) {
    this.#page = page;
  }

  async open(section = 'people'): Promise<void> {
    await new VaultPage(this.#page).openSettings(section);
  }

  row(name: string): Locator {
    return this.#page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: name });
  }

  /** Adds somebody who may use the first password for good. */
  async add({ userName, displayName, role = 'Analyst' }: Account): Promise<void> {
    const page = this.#page;
    await this.open();
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add person' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(displayName);
    await dialog.getByRole('textbox', { name: 'User name' }).fill(userName);
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: role }).click();
    await dialog.getByRole('textbox', { name: 'First password' }).fill(PeoplePage.password);
    await dialog.getByLabel('Must be changed at the first sign-in').uncheck();
    await dialog.getByRole('button', { name: 'Add person' }).click();
    await expect(dialog).toBeHidden();
    await expect(this.row(displayName)).toContainText(role);
  }

  /** Chooses an entry of the menu of a person's row. */
  async act(name: string, entry: string): Promise<void> {
    await this.open();
    await this.#page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.#page.getByRole('menuitem', { name: entry }).click();
  }

  /** Asks for another role in the dialog; what follows depends on the policy. */
  async changeRole(name: string, role: string): Promise<Locator> {
    await this.act(name, 'Change the role…');
    const dialog = this.#page.getByRole('dialog', { name: `Change the role of ${name}` });
    await dialog.getByRole('radio', { name: role }).check();
    await dialog.getByRole('button', { name: 'Change the role' }).click();
    return dialog;
  }
}
