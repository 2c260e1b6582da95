import type { Secrets } from '../contract/vault.ts';
import type { OpenStorage } from '../vault/open-vault.ts';
import { slotPerson } from '../vault/key-slots.ts';
import { renewExtras, slotsOf } from '../vault/slots/person-slot.ts';
import { opensForAnybody } from '../vault/slots/shared-slot.ts';
import type { Slot } from '../vault/slots/slot.ts';
import type { Vault } from '../vault/vault.ts';

/** The key slots of people in an open vault. What takes long is prepared first; the change itself fits into a transaction. */
export class PersonSlots {
  readonly #vault: Vault;
  readonly #storage: OpenStorage;

  constructor(vault: Vault, storage: OpenStorage) {
    this.#vault = vault;
    this.#storage = storage;
  }

  has(userName: string): boolean {
    return slotsOf(this.#vault.existing(), userName).length > 0;
  }

  /** Is there a way into the vault that belongs to no person? */
  get hasRecovery(): boolean {
    return this.#vault.existing().slots.some(opensForAnybody);
  }

  /** A slot that a new password opens alone. */
  prepare(userName: string, password: string): Promise<Slot> {
    return this.#vault.preparePassword(this.#storage, userName, password);
  }

  /** A slot for a new password that asks for the same further factors. @throws as `Vault.check` for what is proved */
  prepareNew(userName: string, old: Secrets, password: string): Promise<Slot> {
    return this.#vault.prepareNewPassword(this.#storage, userName, old, password);
  }

  /** A slot for a password that another authority vouches for, asking for the same further factors as the present one. */
  async prepareAdopted(userName: string, password: string): Promise<Slot> {
    const extras = await renewExtras(this.passwordSlot(userName), this.#vault.devices);
    try {
      return await this.#vault.preparePassword(this.#storage, userName, password, extras);
    } finally {
      for (const { secret } of extras) secret.fill(0);
    }
  }

  passwordSlot(userName: string): Slot | undefined {
    return slotsOf(this.#vault.existing(), userName).find(({ kind }) => kind === 'password');
  }

  /** @throws as `Vault.check` */
  check(userName: string, given: Secrets): Promise<void> {
    return this.#vault.check(userName, given);
  }

  /** Runs a transaction that puts or drops slots; where it fails the vault file is as before. */
  keeping<T>(work: () => T): T {
    return this.#vault.keepingSlots(work);
  }

  /** Puts a password slot in the place of the person's former one. Inside `keeping`. */
  put(slot: Slot): void {
    this.#vault.putPasswordSlot(this.#storage, slot);
  }

  /** Removes the slots that a token of this person opens alone. Inside `keeping`. @returns how many */
  dropTokens(userName: string): number {
    const dropped = new Set(slotsOf(this.#vault.existing(), userName).flatMap(({ id, kind }) => (kind === 'token' ? [id] : [])));
    if (dropped.size > 0) this.#vault.changeSlots(this.#storage, (slots) => slots.filter(({ id }) => !dropped.has(id)));
    return dropped.size;
  }

  /** Removes every slot of these people. Inside `keeping`. */
  drop(userNames: readonly string[]): void {
    const file = this.#vault.existing();
    const people = new Set(userNames.map((name) => slotPerson(file.vaultId, name)));
    if (!file.slots.some(({ person }) => person !== null && people.has(person))) return;
    this.#vault.changeSlots(this.#storage, (slots) => slots.filter(({ person }) => person === null || !people.has(person)));
  }
}
