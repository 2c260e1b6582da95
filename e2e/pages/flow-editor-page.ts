import { expect, type Locator, type Page } from '@playwright/test';

/** The list of flows and the editor, by what a person sees and names. */
export class FlowEditorPage {
  readonly page: Page;
  readonly canvas: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole('application', { name: 'Canvas of the flow' });
  }

  async openList(): Promise<void> {
    await this.page.getByRole('link', { name: 'Flows' }).click();
    await expect(this.page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible();
  }

  async open(name: string): Promise<void> {
    await this.openList();
    await this.page.getByRole('link', { name }).click();
    await expect(this.canvas).toBeVisible();
  }

  async create(name: string): Promise<void> {
    await this.openList();
    await this.page.getByRole('button', { name: 'New flow' }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByLabel('Name of the flow').fill(name);
    await dialog.getByRole('button', { name: 'Create and open' }).click();
    await expect(this.canvas).toBeVisible();
  }

  node(name: string): Locator {
    return this.canvas.getByRole('group', { name, exact: true });
  }

  get nodes(): Locator {
    return this.canvas.locator('.react-flow__node');
  }

  get edges(): Locator {
    return this.canvas.locator('.react-flow__edge');
  }

  port(node: string, port: RegExp): Locator {
    return this.node(node).getByRole('img', { name: port });
  }

  /** The tool with this name in the line above the canvas. */
  tool(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true });
  }

  async connect(from: Locator, to: Locator): Promise<void> {
    const [start, end] = [await this.#resting(from), await this.#resting(to)];
    const { mouse } = this.page;
    await mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(end.x + end.width / 2 - 8, end.y + end.height / 2, { steps: 6 });
    await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 2 });
    await mouse.up();
  }

  /** Where a port is once the canvas has stopped gliding. */
  async #resting(port: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    for (let last = await port.boundingBox(); ;) {
      await this.page.waitForTimeout(60);
      const now = await port.boundingBox();
      if (now && last && now.x === last.x && now.y === last.y) return now;
      last = now;
    }
  }

  /** Adds a node through the keyboard: A, its name, Enter. */
  async addByKeyboard(search: string): Promise<void> {
    await this.page.keyboard.press('a');
    const dialog = this.page.getByRole('dialog', { name: 'Add node' });
    await expect(dialog.getByLabel('Search nodes')).toBeFocused();
    await this.page.keyboard.type(search);
    await this.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  }

  async saved(version: number): Promise<void> {
    await expect(this.page.getByText(`Saved, version ${version}`)).toBeVisible();
  }
}
