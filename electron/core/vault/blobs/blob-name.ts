import { createHmac } from 'node:crypto';

/** The id of a content, from its parts in order: a keyed hash, which says nothing to who has no key. */
export class BlobName {
  readonly #hash;
  #id: string | null = null;

  constructor(nameKey: Uint8Array) {
    this.#hash = createHmac('sha256', nameKey);
  }

  add(part: Uint8Array): void {
    this.#hash.update(part);
  }

  /** 64 hex digits; asked when all parts are there. */
  get id(): string {
    this.#id ??= this.#hash.digest('hex');
    return this.#id;
  }
}
