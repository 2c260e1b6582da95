import type { KeyObject } from 'node:crypto';
import { LogMac } from './log-mac.ts';
import type { Hash } from './merkle.ts';

/** The head as it is stored, before its code. */
export type PlainHead = { readonly size: number; readonly root: Hash; readonly edge: Uint8Array };

/** Tells that the log itself wrote a head. It costs a twentieth of a signature, which is made where somebody outside asks for one. */
export class HeadMac {
  readonly #mac: LogMac;

  constructor(origin: string, privateKey: KeyObject) {
    this.#mac = new LogMac(origin, privateKey, 'head');
  }

  of({ size, root, edge }: PlainHead): Buffer {
    return this.#mac.of(size, root, edge);
  }

  fits({ mac, size, root, edge }: PlainHead & { readonly mac: Uint8Array }): boolean {
    return this.#mac.fits(mac, size, root, edge);
  }
}
