import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import type { Secrets } from '../contract/vault.ts';
import { AppError } from '../errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { calibrateCost } from './calibrate.ts';
import { Tokens } from './factors/token/tokens.ts';
import type { KdfCost } from './kdf.ts';
import { ringOf, wipeRing, type KeyRing } from './key-ring.ts';
import { openStorage, type OpenStorage } from './open-vault.ts';
import { signVaultFile } from './slots/epochs.ts';
import { newPasswordSlot, openPersonSlot, renewExtras, slotsOf, type Devices, type Extra } from './slots/person-slot.ts';
import { openSharedSlot, type Proof } from './slots/shared-slot.ts';
import { fitToRing, type Slot } from './slots/slot.ts';
import { checkGeneration, noteGeneration, type SlotsAge } from './slots/generation.ts';
import { readVaultFile, vaultPaths, writeVaultFile, type VaultFile } from './vault-file.ts';

export type OpenedVault = { readonly file: VaultFile; readonly storage: OpenStorage; readonly slotsAge: SlotsAge };

const noDevices: Devices = { tokens: new Tokens([]), keychain: null };

/** A vault folder: makes it, opens it, and changes its key slots. Holds no key itself. */
export class Vault {
  readonly folder: string;
  readonly devices: Devices;
  readonly #anchorFolder: string | null;
  #cost: Promise<KdfCost> | null;

  /**
   * Without `cost` the password derivation is calibrated to this machine when it is first needed. In `anchorFolder`,
   * outside the vault, lies the second mark of the vault's freshness.
   */
  constructor(folder: string, cost: KdfCost | null = null, devices: Devices = noDevices, anchorFolder: string | null = null) {
    this.folder = folder;
    this.devices = devices;
    this.#anchorFolder = anchorFolder;
    this.#cost = cost && Promise.resolve(cost);
  }

  /** What can be read without a key, or null where there is no vault. */
  read(): VaultFile | null {
    return readVaultFile(this.folder);
  }

  /**
   * Makes a new vault with one password slot. `fill` writes the first rows; only when it has succeeded does the folder
   * become a vault (its vault file is written last), so a crash leaves no half vault behind.
   * @throws AppError `vault/exists`, `vault/incomplete` for a database whose vault file is missing, which is left as it is
   */
  async create(userName: string, password: string, fill: (storage: OpenStorage, file: VaultFile) => void): Promise<OpenedVault> {
    if (this.read()) throw new AppError('vault/exists', 'There is a vault here already. Unlock it, or choose another folder.');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const paths = vaultPaths(this.folder);
    if (existsSync(paths.database) && !existsSync(paths.creating))
      throw new AppError(
        'vault/incomplete',
        'There is a vault here whose file vault.json is missing. Nothing was changed. Restore that file from a backup, or choose another folder.',
      );
    writeFileAtomic(paths.creating, '');
    for (const leftover of [paths.database, `${paths.database}-wal`, `${paths.database}-shm`, paths.anchor])
      rmSync(leftover, { force: true });
    const vaultId = randomUUID();
    const ring = ringOf(randomBytes(32));
    const slot = await newPasswordSlot(vaultId, userName, password, [], await this.#calibrated(), ring);
    const unsigned = { format: 'redoubt-vault/2' as const, vaultId, createdAt: Date.now(), generation: 0, epoch: 1, rotation: null };
    const file = signVaultFile({ ...unsigned, slots: [slot], mac: {} }, ring);
    const storage = openStorage(this.folder, vaultId, ring, 'create', this.#anchorFolder);
    try {
      fill(storage, file);
      noteGeneration(storage.db, file);
      writeVaultFile(this.folder, file);
      rmSync(paths.creating);
      return { file, storage, slotsAge: 'same' };
    } catch (error) {
      storage.close();
      throw error;
    }
  }

  /**
   * Opens the vault with what a person proves.
   * @throws AppError `vault/absent`, what `openPersonSlot` and opening the storage throw, and `vault/older-than-anchor`
   * (details.verdict `older-slots`) for a vault.json that was put back, unless `acceptOlder`
   */
  async open(userName: string, secrets: Secrets, acceptOlder = false): Promise<OpenedVault> {
    const file = this.existing();
    return this.#open(file, await openPersonSlot(file, userName, secrets, this.devices), acceptOlder);
  }

  /** Opens the vault with the recovery code or custodians' shares. `slot` is the one that opened. @throws as `open` and `openSharedSlot` */
  async openRecovered(proof: Proof, acceptOlder = false): Promise<OpenedVault & { slot: Slot }> {
    const file = this.existing();
    const { ring, slot } = await openSharedSlot(file, proof);
    return { ...this.#open(file, ring, acceptOlder), slot };
  }

  /** Checks what a person proves without opening anything. @throws as `openPersonSlot` */
  async check(userName: string, secrets: Secrets): Promise<void> {
    wipeRing(await openPersonSlot(this.existing(), userName, secrets, this.devices));
  }

  /** Checks a recovery code or shares without opening anything. @throws as `openSharedSlot` */
  async checkRecovery(proof: Proof): Promise<Slot> {
    const { ring, slot } = await openSharedSlot(this.existing(), proof);
    wipeRing(ring);
    return slot;
  }

  /** A slot for a new password, to be put by `putPasswordSlot`. `extras` are further factors it asks for; the caller wipes their secrets. */
  async preparePassword(storage: OpenStorage, userName: string, password: string, extras: readonly Extra[] = []): Promise<Slot> {
    const { vaultId } = this.existing();
    return newPasswordSlot(vaultId, userName, password, extras, await this.#calibrated(), storage.ring);
  }

  /**
   * The slot for a new password of a person who proves the old one; further factors stay as they are.
   * @throws as `check`
   */
  async prepareNewPassword(storage: OpenStorage, userName: string, old: Secrets, password: string): Promise<Slot> {
    await this.check(userName, old);
    const now = slotsOf(this.existing(), userName).find(({ kind }) => kind === 'password');
    const extras = await renewExtras(now, this.devices);
    try {
      return await this.preparePassword(storage, userName, password, extras);
    } finally {
      for (const { secret } of extras) secret.fill(0);
    }
  }

  /** Puts a person's password slot in the place of the one there is. */
  putPasswordSlot(storage: OpenStorage, slot: Slot): void {
    this.changeSlots(storage, (slots) => [...slots.filter((other) => other.person !== slot.person || other.kind !== 'password'), slot]);
  }

  /** Gives a person a password (a first one, or a new one without the old: then further factors are dropped). */
  async setPassword(storage: OpenStorage, userName: string, password: string): Promise<void> {
    this.putPasswordSlot(storage, await this.preparePassword(storage, userName, password));
  }

  /** Writes the vault file with other slots, sealed anew, and notes it in the database. Synchronous: it may stand inside a transaction. */
  changeSlots(storage: OpenStorage, change: (slots: Slot[]) => Slot[]): void {
    const file = this.existing();
    this.#write(storage, { ...file, slots: change(file.slots) });
  }

  /** Writes the vault file with the keys of the ring, as it is now, sealed into every slot. Synchronous like `changeSlots`. */
  putKeys(storage: OpenStorage, keys: Pick<VaultFile, 'epoch' | 'rotation'>): void {
    this.#write(storage, { ...this.existing(), ...keys });
  }

  /** Runs `work`, a transaction that changes slots; where it fails the vault file is again as it was. */
  keepingSlots<T>(work: () => T): T {
    const before = this.existing();
    try {
      return work();
    } catch (error) {
      if (this.existing().generation !== before.generation) writeVaultFile(this.folder, before);
      throw error;
    }
  }

  /** @throws AppError `vault/absent` */
  existing(): VaultFile {
    const file = this.read();
    if (!file) throw new AppError('vault/absent', 'There is no vault here yet. Create one first.');
    return file;
  }

  #write(storage: OpenStorage, file: VaultFile): void {
    const slots = file.slots.map((slot) => fitToRing(file.vaultId, slot, storage.ring));
    const next = signVaultFile({ ...file, slots }, storage.ring);
    writeVaultFile(this.folder, next);
    noteGeneration(storage.db, next);
  }

  #open(file: VaultFile, ring: KeyRing, acceptOlder: boolean): OpenedVault {
    rmSync(vaultPaths(this.folder).creating, { force: true });
    const storage = openStorage(this.folder, file.vaultId, ring, 'open', this.#anchorFolder);
    try {
      return { file, storage, slotsAge: checkGeneration(storage.db, file, acceptOlder) };
    } catch (error) {
      storage.close();
      throw error;
    }
  }

  #calibrated(): Promise<KdfCost> {
    this.#cost ??= calibrateCost();
    return this.#cost;
  }
}
