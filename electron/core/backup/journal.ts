import { createHmac } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import type { StoredFile } from './manifest.ts';

/**
 * What an unfinished backup has stored already, a line a file, so that the next one need not read it again. A line is
 * written after its object is durable, and sealed, since who can write to the disk must not choose which file stands for
 * which; a torn line is no line.
 */
export class Journal {
  readonly #file: string;
  readonly #key: Uint8Array;

  constructor(file: string, key: Uint8Array) {
    this.#file = file;
    this.#key = key;
  }

  read(): StoredFile[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return [];
    }
    return text.split('\n').flatMap((line): StoredFile[] => {
      const end = line.lastIndexOf(' ');
      const [id = '', sha256 = '', bytes, modified] = line.slice(0, end).split(' ');
      return end > 0 && line.slice(end + 1) === this.#mac(line.slice(0, end)) ? [[id, sha256, Number(bytes), Number(modified)]] : [];
    });
  }

  note(stored: StoredFile): void {
    const facts = stored.join(' ');
    appendFileSync(this.#file, `${facts} ${this.#mac(facts)}\n`, { mode: 0o600 });
  }

  end(): void {
    rmSync(this.#file, { force: true });
  }

  #mac(facts: string): string {
    return createHmac('sha256', this.#key).update(`journal ${facts}`).digest('hex').slice(0, 32);
  }
}
