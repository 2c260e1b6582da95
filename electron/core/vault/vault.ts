import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { ringOf, wipeRing, type KeyRing } from './key-ring.ts';
import { slotPerson, wrongPassword } from './key-slots.ts';
import { defaultCost, derivePasswordKey, newPasswordFactor, type KdfCost } from './kdf.ts';
import { openStorage, type OpenStorage } from './open-vault.ts';
import { signVaultFile, verifyVaultFile } from './slots/epochs.ts';
import { createSlot, openSlot, type Slot } from './slots/slot.ts';
import { readVaultFile, vaultPaths, writeVaultFile, type VaultFile } from './vault-file.ts';

/** A vault folder: makes it, and opens it with a person's password. Holds no key itself. */
export class Vault {
  readonly folder: string;
  readonly #cost: KdfCost;

  constructor(folder: string, cost: KdfCost = defaultCost) {
    this.folder = folder;
    this.#cost = cost;
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
  async create(
    userName: string,
    password: string,
    fill: (storage: OpenStorage, file: VaultFile) => void,
  ): Promise<{ file: VaultFile; storage: OpenStorage }> {
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
    const slot = await this.#passwordSlot(vaultId, userName, password, ring);
    const now = Date.now();
    const unsigned = { format: 'redoubt-vault/2' as const, vaultId, createdAt: now, generation: 0, epoch: 1, rotation: null };
    const file = signVaultFile({ ...unsigned, slots: [slot], mac: {} }, ring);
    const storage = openStorage(this.folder, vaultId, ring, 'create');
    try {
      fill(storage, file);
      storage.anchor.flush();
      writeVaultFile(this.folder, file);
      rmSync(paths.creating);
      return { file, storage };
    } catch (error) {
      storage.close();
      throw error;
    }
  }

  /** @throws AppError `vault/absent`, `vault/wrong-password`, and what opening the database throws */
  async open(userName: string, password: string): Promise<{ file: VaultFile; storage: OpenStorage }> {
    const file = this.#existing();
    const ring = await this.#ring(file, userName, password);
    rmSync(vaultPaths(this.folder).creating, { force: true });
    const storage = openStorage(this.folder, file.vaultId, ring, 'open');
    const row = storage.db.prepare('SELECT vault_id AS id FROM vault').get() as { id: string } | undefined;
    if (row?.id === file.vaultId) return { file, storage };
    storage.close();
    throw new AppError('vault/damaged', 'The database in this folder belongs to another vault. Nothing was changed. Restore a backup.');
  }

  /** Checks a person's password without opening anything. @throws AppError `vault/wrong-password` */
  async checkPassword(userName: string, password: string): Promise<void> {
    wipeRing(await this.#ring(this.#existing(), userName, password));
  }

  /** Gives a further person a slot of the open vault (or a new password to one who has a slot). */
  async addSlot(storage: OpenStorage, userName: string, password: string): Promise<void> {
    const before = this.#existing();
    const slot = await this.#passwordSlot(before.vaultId, userName, password, storage.ring);
    const file = this.#existing();
    const slots = [...file.slots.filter((other) => other.person !== slot.person), slot];
    writeVaultFile(this.folder, signVaultFile({ ...file, slots }, storage.ring));
  }

  #existing(): VaultFile {
    const file = this.read();
    if (!file) throw new AppError('vault/absent', 'There is no vault here yet. Create one first.');
    return file;
  }

  async #passwordSlot(vaultId: string, userName: string, password: string, ring: KeyRing): Promise<Slot> {
    const factor = newPasswordFactor(this.#cost);
    const secret = await derivePasswordKey(password, factor.kdf);
    try {
      const person = slotPerson(vaultId, userName);
      return createSlot(vaultId, { kind: 'password', person, label: '', factors: [factor] }, [secret], ring);
    } finally {
      secret.fill(0);
    }
  }

  async #ring(file: VaultFile, userName: string, password: string): Promise<KeyRing> {
    const person = slotPerson(file.vaultId, userName);
    const slot = file.slots.find((candidate) => candidate.person === person);
    // An unknown name costs the same time as a wrong password.
    const decoy = slot ?? file.slots.find(({ kind }) => kind === 'password');
    const [factor] = decoy?.factors ?? [];
    if (factor?.type !== 'password') throw wrongPassword();
    const secret = await derivePasswordKey(password, factor.kdf);
    try {
      if (!slot) throw wrongPassword();
      return openWith(file, slot, [secret]);
    } finally {
      secret.fill(0);
    }
  }
}

function openWith(file: VaultFile, slot: Slot, secrets: readonly Buffer[]): KeyRing {
  const ring = { current: file.epoch, keys: keysOf(file, slot, secrets) };
  try {
    verifyVaultFile(file, ring.keys);
    return ring;
  } catch (error) {
    wipeRing(ring);
    throw error;
  }
}

function keysOf(file: VaultFile, slot: Slot, secrets: readonly Buffer[]): Map<number, Buffer> {
  try {
    return openSlot(file.vaultId, slot, secrets);
  } catch (cause) {
    throw wrongPassword(cause);
  }
}
