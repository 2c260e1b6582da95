import { expect, type Locator, type Page } from '@playwright/test';

export type UploadFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** The document list and the viewer. */
export class DocumentsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+1');
    await expect(this.#page.getByRole('heading', { name: 'Documents', level: 1 })).toBeVisible();
  }

  row(name: string): Locator {
    return this.#page.getByRole('row').filter({ has: this.#page.getByRole('link', { name, exact: true }) });
  }

  async import(files: readonly UploadFile[]): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Import…' }).first().click();
    await (await chooser).setFiles(files.map((file) => ({ ...file })));
  }

  /** Drops files on the window, wherever it is. */
  async drop(files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    const transfer = await this.#page.evaluateHandle((dropped) => {
      const data = new DataTransfer();
      for (const { name, text } of dropped) data.items.add(new File([text], name));
      return data;
    }, files);
    await this.#page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    const zone = this.#page.getByText('Drop to import');
    await expect(zone).toBeVisible();
    await zone.dispatchEvent('drop', { dataTransfer: transfer });
  }

  async openDocument(name: string): Promise<void> {
    await this.#page.getByRole('link', { name, exact: true }).click();
    await expect(this.#page.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
}
