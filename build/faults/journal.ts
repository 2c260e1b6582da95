import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/**
 * What Redoubt has acknowledged, kept outside the vault and synced line by line: after any fault all of it must be there.
 */
export class Journal<T> {
  readonly entries: T[] = [];
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600);
  }

  note(entry: T): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.#file);
    this.entries.push(entry);
  }

  close(): void {
    closeSync(this.#file);
  }
}
