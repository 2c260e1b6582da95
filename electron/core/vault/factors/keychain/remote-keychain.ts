import { AppError } from '../../../errors.ts';
import type { KeychainAnswer, KeychainRequest } from '../../../supervision/messages.ts';
import type { Keychain } from './keychain.ts';

type Wanted = { operation: KeychainRequest['operation']; entry: string; secret: string | null };

/** The keychain as core reaches it: by messages to the process that started it. */
export class RemoteKeychain implements Keychain {
  readonly #post: (request: KeychainRequest) => void;
  readonly #waiting = new Map<number, { resolve(secret: string | null): void; reject(error: Error): void }>();
  #last = 0;

  constructor(post: (request: KeychainRequest) => void) {
    this.#post = post;
  }

  async set(entry: string, secret: Buffer): Promise<void> {
    await this.#ask({ operation: 'set', entry, secret: secret.toString('base64') });
  }

  async get(entry: string): Promise<Buffer | null> {
    const secret = await this.#ask({ operation: 'get', entry, secret: null });
    return secret === null ? null : Buffer.from(secret, 'base64');
  }

  async remove(entry: string): Promise<void> {
    await this.#ask({ operation: 'remove', entry, secret: null });
  }

  receive({ id, ok, secret }: KeychainAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ok) waiting?.resolve(secret);
    else
      waiting?.reject(
        new AppError(
          'vault/keychain-failed',
          'The keychain of the operating system refused. Unlock it and try again; nothing was changed.',
        ),
      );
  }

  #ask(wanted: Wanted): Promise<string | null> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'keychain/request', id, ...wanted });
    });
  }
}
