import { expect, type Locator, type Page } from '@playwright/test';

/** The assistant: conversations, the question field and the answers. */
export class AssistantPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get question(): Locator {
    return this.#page.getByLabel('Your question');
  }

  get answers(): Locator {
    return this.#page.locator('article[data-role="assistant"]');
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Assistant' }).click();
    await expect(this.question).toBeVisible();
  }

  /** Sends a question and waits until it stands in the conversation. */
  async ask(text: string): Promise<void> {
    await this.question.fill(text);
    await this.question.press('Enter');
    await expect(this.#page.locator('article[data-role="user"]').last()).toContainText(text);
  }

  /** Waits until no answer is being written. */
  async finished(): Promise<void> {
    await expect(this.#page.getByRole('button', { name: 'Send' })).toBeVisible();
    await expect(this.#page.locator('article[aria-busy]')).toHaveCount(0);
  }
}
