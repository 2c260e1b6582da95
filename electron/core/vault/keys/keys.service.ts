import type { Act, LeafRecord } from '../../audit/act.ts';
import type { Person } from '../../contract/identity.ts';
import type { KeySlot, Secrets, TokenState } from '../../contract/vault.ts';
import { AppError } from '../../errors.ts';
import { isWrongProof } from '../../identity/identity-errors.ts';
import type { Lockout } from '../../identity/lockout/lockout.ts';
import { newCertificateFactor, readCertificate } from '../factors/certificate/certificate.ts';
import { newKeychainFactor } from '../factors/keychain/keychain.ts';
import { enrolToken, newTokenFactor } from '../factors/token/token-factor.ts';
import type { OpenStorage } from '../open-vault.ts';
import { newTokenSlot, slotsOf, type Extra } from '../slots/person-slot.ts';
import { newCustodiansSlot, newRecoverySlot, opensForAnybody, proveSlot, type Proof } from '../slots/shared-slot.ts';
import type { Slot } from '../slots/slot.ts';
import type { Vault } from '../vault.ts';
import { slotViews } from './slot-view.ts';

/** A further factor as a person asks for it. */
export type WantedFactor =
  | { readonly kind: 'token'; readonly pin: string; readonly serial: string }
  | { readonly kind: 'certificate'; readonly certificatePem: string }
  | { readonly kind: 'keychain' };

export type KeysDeps = {
  readonly vault: Vault;
  readonly storage: OpenStorage;
  readonly people: () => Person[];
  readonly lockout: Lockout;
  readonly separated: () => boolean;
};

/** The key slots of the open vault. Every change is one transaction with its leaf; where it fails vault.json is as before. */
export class KeysService {
  readonly #vault: Vault;
  readonly #storage: OpenStorage;
  readonly #people: () => Person[];
  readonly #lockout: Lockout;
  readonly #separated: () => boolean;
  /** Made and shown, not yet typed back. Only the locked slots are kept, so this holds no secret. */
  readonly #pending = new Map<'recovery' | 'custodians', Slot>();

  constructor({ vault, storage, people, lockout, separated }: KeysDeps) {
    this.#vault = vault;
    this.#storage = storage;
    this.#people = people;
    this.#lockout = lockout;
    this.#separated = separated;
  }

  slots(): KeySlot[] {
    return slotViews(this.#vault.existing(), this.#people());
  }

  /** A fresh code. It opens nothing before `confirmRecovery`. */
  beginRecovery(act: Act): { code: string } {
    const { slot, code } = newRecoverySlot(this.#vault.existing().vaultId, this.#storage.ring);
    act.commit({ subject: slot.id }, () => undefined);
    this.#pending.set('recovery', slot);
    return { code };
  }

  /** Shares in the order of `names`. They open nothing before `confirmCustodians`. @throws AppError `vault/bad-threshold` */
  async beginCustodians(act: Act, threshold: number, names: readonly string[]): Promise<{ shares: { name: string; text: string }[] }> {
    const count = names.length;
    if (threshold > count)
      throw new AppError('vault/bad-threshold', 'More shares are needed to open the vault than there are custodians. Nothing was made.', {
        threshold,
        count,
      });
    const { slot, texts } = await newCustodiansSlot(this.#vault.existing().vaultId, this.#storage.ring, threshold, count);
    act.commit({ subject: slot.id, details: { threshold, count } }, () => undefined);
    this.#pending.set('custodians', slot);
    return { shares: texts.map((text, index) => ({ name: names[index] ?? '', text })) };
  }

  /**
   * Puts the code or the shares that were begun into force, in the place of the former ones.
   * @throws AppError `vault/nothing-begun`, and what `proveSlot` throws
   */
  async confirm(act: Act, kind: 'recovery' | 'custodians', proof: Proof): Promise<KeySlot[]> {
    const slot = this.#pending.get(kind);
    if (!slot) throw new AppError('vault/nothing-begun', 'There is nothing to confirm: make a new one first. Nothing was changed.');
    await proveSlot(this.#vault.existing().vaultId, slot, proof);
    this.#commit(act, { subject: slot.id }, (slots) => [...slots.filter((other) => other.kind !== kind), slot]);
    this.#pending.delete(kind);
    return this.slots();
  }

  /** Tokens plugged in now, or why none can be used. */
  async tokens(): Promise<TokenState> {
    const keychain = this.#vault.devices.keychain !== null;
    try {
      return { available: true, reason: null, tokens: await this.#vault.devices.tokens.list(), keychain };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { available: false, reason: error.message, tokens: [], keychain };
    }
  }

  /**
   * Makes a person's password slot ask for a further factor too, or for none (null).
   * @throws AppError `vault/wrong-password`, `identity/locked-out` and what else `Vault.check` and enrolling throw
   */
  async setSecondFactor(act: Act, person: Person, proof: Secrets & { password: string }, wanted: WantedFactor | null): Promise<KeySlot[]> {
    await this.#prove(person, proof);
    const before = this.#passwordSlot(person);
    const extras = wanted ? [await this.#extra(wanted)] : [];
    let slot: Slot;
    try {
      slot = await this.#vault.preparePassword(this.#storage, person.userName, proof.password, extras);
    } finally {
      for (const { secret } of extras) secret.fill(0);
    }
    const column = wanted?.kind === 'token' || wanted?.kind === 'certificate' ? wanted.kind : null;
    this.#vault.keepingSlots(() =>
      act.commit({ subject: person.id, details: { factor: wanted?.kind ?? null, slot: slot.id } }, (db) => {
        this.#vault.putPasswordSlot(this.#storage, slot);
        db.prepare('UPDATE people SET second_factor = ? WHERE id = ?').run(column, person.id);
      }),
    );
    await this.#forgetKeychain(before);
    return this.#slotsOf(person);
  }

  /**
   * A slot that the token opens alone, in the place of the person's former one: who found a session open shall not get one.
   * @throws AppError `vault/wrong-password`, `identity/locked-out` and what else `Vault.check` and enrolling throw
   */
  async addToken(act: Act, person: Person, { serial, pin, proof }: { serial: string; pin: string; proof: Secrets }): Promise<KeySlot[]> {
    await this.#prove(person, proof);
    const extra = newTokenFactor(await enrolToken(this.#vault.devices.tokens, serial, pin));
    try {
      const slot = newTokenSlot(this.#vault.existing().vaultId, person.userName, extra, this.#storage.ring);
      const others = (slots: Slot[]) => slots.filter((other) => other.kind !== 'token' || other.person !== slot.person);
      this.#commit(act, { subject: slot.id, details: { personId: person.id } }, (slots) => [...others(slots), slot]);
    } finally {
      extra.secret.fill(0);
    }
    return this.#slotsOf(person);
  }

  /** @throws AppError `vault/unknown-slot`, `vault/slot-of-person`, `vault/last-slot`, `vault/last-recovery` */
  removeSlot(act: Act, id: string): KeySlot[] {
    const { slots } = this.#vault.existing();
    const slot = slots.find((each) => each.id === id);
    if (!slot) throw new AppError('vault/unknown-slot', 'There is no such key slot any more. Nothing was changed.', { id });
    if (slot.kind === 'password')
      throw new AppError('vault/slot-of-person', 'This is the password of a person. Disable the person instead; nothing was changed.', {
        id,
      });
    const left = this.slots().filter((each) => each.id !== id && each.person !== null && this.#isActive(each.person.id));
    if (left.length === 0)
      throw new AppError(
        'vault/last-slot',
        'This is the last key slot that opens the vault for a person. Add another one first; nothing was changed.',
        { id },
      );
    // Nobody resets an administrator's password, so without it they would be shut out for good.
    if (this.#separated() && opensForAnybody(slot) && slots.filter(opensForAnybody).length === 1)
      throw new AppError(
        'vault/last-recovery',
        'Where duties are separated, an administrator who forgot the password is helped by a recovery code or by custodians alone, and this is the last of them. Make another one first; nothing was changed.',
        { id },
      );
    this.#commit(act, { subject: id, details: { kind: slot.kind } }, (all) => all.filter((each) => each.id !== id));
    return this.slots();
  }

  #slotsOf({ id }: Person): KeySlot[] {
    return this.slots().filter(({ person }) => person?.id === id);
  }

  #prove(person: Person, proof: Secrets): Promise<void> {
    return this.#lockout.attempt(person.userName, isWrongProof, () => this.#vault.check(person.userName, proof));
  }

  #commit(act: Act, leaf: LeafRecord, change: (slots: Slot[]) => Slot[]): void {
    this.#vault.keepingSlots(() => act.commit(leaf, () => this.#vault.changeSlots(this.#storage, change)));
  }

  async #extra(wanted: WantedFactor): Promise<Extra> {
    switch (wanted.kind) {
      case 'token':
        return newTokenFactor(await enrolToken(this.#vault.devices.tokens, wanted.serial, wanted.pin));
      case 'certificate':
        return newCertificateFactor(readCertificate(wanted.certificatePem));
      case 'keychain':
        return newKeychainFactor(this.#vault.devices.keychain);
    }
  }

  #passwordSlot(person: Person): Slot | undefined {
    return slotsOf(this.#vault.existing(), person.userName).find(({ kind }) => kind === 'password');
  }

  /** What a replaced slot kept in the keychain is of no use any more. */
  async #forgetKeychain(replaced: Slot | undefined): Promise<void> {
    for (const factor of replaced?.factors ?? [])
      if (factor.type === 'keychain') await this.#vault.devices.keychain?.remove(factor.entry).catch(() => undefined);
  }

  #isActive(personId: string): boolean {
    return this.#people().some(({ id, status }) => id === personId && status === 'active');
  }
}
