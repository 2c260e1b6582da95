import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Act, SystemActs } from '../../audit/act.ts';
import { rewrapLogKeys } from '../../audit/signing-keys.ts';
import type { RotationState } from '../../contract/vault.ts';
import { AppError, toErrorShape } from '../../errors.ts';
import { Topic } from '../../ipc/topic.ts';
import type { Log } from '../../log.ts';
import type { OpenStorage } from '../open-vault.ts';
import { diskOf, fileBytes } from '../space/disk.ts';
import { subKey } from '../sub-keys.ts';
import { vaultPaths } from '../vault-file.ts';
import type { Vault } from '../vault.ts';
import { BlobRotation } from './blob-rotation.ts';
import { rekeyDatabase } from './rekey.ts';
import { RotationsRepository } from './rotations.repository.ts';

export type RotationDeps = {
  readonly vault: Vault;
  readonly storage: OpenStorage;
  readonly systemAct: SystemActs;
  readonly log: Log;
  /** Days after which the policy asks for a new vault key; 0: never. */
  readonly days: () => number;
  /** Nothing answers for up to so long, ms. */
  readonly busy: (ms: number) => void;
  readonly retryMs?: number;
  /** Takes out, in the transaction that begins, the slots that get nothing of the new key: those of disabled people. */
  readonly dropSlots?: () => void;
};

type Running = NonNullable<RotationState['running']>;
const dayMs = 86_400_000;
/** What a slow machine takes to put the database under another key, ms per byte; fast ones take a tenth. */
const rekeyMsPerByte = 160_000 / 1024 ** 3;
/** What must stay free beside the second copy of the pages. */
const spareBytes = 32 * 1024 * 1024;

/**
 * Replaces the vault key while the vault is in use: the new key is sealed into every slot beside the old one, the blobs
 * are written anew, then the database, and only when all of it was read back does the old key go. What is done is
 * visible in the files themselves, so that a rotation goes on after a crash or a lock from where it was.
 */
export class RotationService {
  readonly #deps: RotationDeps;
  readonly #rotations: RotationsRepository;
  readonly #states = new Topic<RotationState>(100);
  readonly #closing = new AbortController();
  #running: Running | null = null;
  #problem: RotationState['problem'] = null;
  #work: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | null = null;

  constructor(deps: RotationDeps) {
    this.#deps = deps;
    this.#rotations = new RotationsRepository(deps.storage.db);
  }

  get state(): RotationState {
    const { epoch, createdAt } = this.#deps.vault.existing();
    const days = this.#deps.days();
    const lastRotatedAt = this.#rotations.lastFinishedAt() ?? createdAt;
    const dueAt = days === 0 ? null : lastRotatedAt + days * dayMs;
    const due = dueAt !== null && Date.now() >= dueAt && !this.#running;
    return { epoch, lastRotatedAt, dueAt, due, running: this.#running, problem: this.#problem };
  }

  /** The present state, then each new one. */
  async *watch(signal?: AbortSignal): AsyncGenerator<RotationState> {
    const states = this.#states.subscribe(signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal);
    yield this.state;
    yield* states;
  }

  /**
   * Makes a new vault key and begins to use it; the rest goes on in the background. One that stopped over a problem is
   * tried again at once.
   * @throws AppError `vault/rotation-running`, `vault/rotation-no-room`
   */
  begin(act: Act): RotationState {
    const { vault, storage } = this.#deps;
    const { ring } = storage;
    if (this.#retry) return this.#again(act);
    if (vault.existing().rotation || this.#running)
      throw new AppError('vault/rotation-running', 'The vault key is being replaced already. It goes on by itself.');
    this.#requireRoom();
    const to = ring.current + 1;
    const key = randomBytes(32);
    const startedAt = Date.now();
    ring.keys.set(to, key);
    try {
      vault.keepingSlots(() =>
        act.commit({ subject: String(to), details: { epoch: to } }, () => {
          this.#rotations.add(to, startedAt, act.actor.name);
          this.#deps.dropSlots?.();
          vault.putKeys(storage, { epoch: ring.current, rotation: { to, startedAt } });
        }),
      );
    } catch (error) {
      ring.keys.delete(to);
      key.fill(0);
      throw error;
    }
    storage.blobs.useEpoch(to, subKey(key, storage.vaultId, 'blobs'));
    this.#goOn(to);
    return this.state;
  }

  /** Takes up what a crash or a lock interrupted. */
  start(): void {
    const { rotation, epoch } = this.#deps.vault.existing();
    if (rotation) {
      // Ended between the vault file and the record of it.
      if (!this.#rotations.of(rotation.to))
        this.#deps
          .systemAct('keys.rotate')
          .commit({ subject: String(rotation.to), details: { epoch: rotation.to, resumed: true } }, () =>
            this.#rotations.add(rotation.to, rotation.startedAt, 'system'),
          );
      this.#goOn(rotation.to);
      return;
    }
    if (this.#rotations.of(epoch)?.finishedAt === null)
      this.#deps
        .systemAct('keys.rotated')
        .commit({ subject: String(epoch), details: { epoch } }, () => this.#rotations.finish(epoch, Date.now()));
  }

  /** Stops after the blob that is being written. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#retry) clearTimeout(this.#retry);
    await this.#work;
  }

  #again(act: Act): RotationState {
    const to = this.#deps.storage.blobs.epoch;
    act.commit({ subject: String(to), details: { epoch: to, again: true } }, () => undefined);
    this.#goOn(to);
    return this.state;
  }

  #goOn(to: number): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    this.#work = this.#steps(to).catch((error: unknown) => {
      if (this.#closing.signal.aborted) return;
      if (!(error instanceof AppError)) this.#deps.log.bug('vault.rotate', error);
      const { code, message } = toErrorShape(error);
      this.#problem = { code, message };
      this.#show(this.#running);
      this.#retry = setTimeout(() => this.#goOn(to), this.#deps.retryMs ?? 60_000);
      this.#retry.unref();
    });
  }

  async #steps(to: number): Promise<void> {
    const { blobs } = this.#deps.storage;
    const startedAt = Date.now();
    const total = blobs.usage.count;
    this.#show({ stage: 'blobs', done: 0, total, bytesPerSecond: null });
    const { damaged } = await new BlobRotation(blobs).run(this.#closing.signal, ({ done, bytes }) => {
      const seconds = (Date.now() - startedAt) / 1000;
      const bytesPerSecond = seconds > 0 ? Math.round(bytes / seconds) : null;
      this.#show({ stage: 'blobs', done, total: Math.max(total, done), bytesPerSecond });
    });
    this.#show({ stage: 'database', done: 0, total: 1, bytesPerSecond: null });
    // So that who watches learns it before nothing answers for a while.
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.#closing.signal.throwIfAborted();
    this.#rekey(to);
    rewrapLogKeys(this.#deps.storage);
    this.#show({ stage: 'finishing', done: 0, total: 1, bytesPerSecond: null });
    this.#finish(to, damaged);
    this.#problem = null;
    this.#show(null);
  }

  #rekey(to: number): void {
    const { storage, busy } = this.#deps;
    if (storage.databaseEpoch === to) return;
    this.#requireRoom();
    busy(1_000 + fileBytes(storage.db.name) * rekeyMsPerByte);
    const key = subKey(this.#keyOf(to), storage.vaultId, 'database');
    try {
      rekeyDatabase(storage.db, key, () => {
        storage.databaseEpoch = to;
      });
    } finally {
      key.fill(0);
    }
  }

  /** Drops the old key: from here on nothing but the new one opens anything. */
  #finish(to: number, damaged: number): void {
    const { vault, storage, systemAct } = this.#deps;
    const { ring } = storage;
    const former = ring.current;
    const old = this.#keyOf(former);
    // They are under the old key, and of older schemas.
    rmSync(vaultPaths(storage.folder).beforeMigration, { recursive: true, force: true });
    ring.keys.delete(former);
    ring.current = to;
    try {
      vault.keepingSlots(() =>
        systemAct('keys.rotated').commit({ subject: String(to), details: { epoch: to, damagedBlobs: damaged } }, () => {
          this.#rotations.finish(to, Date.now());
          vault.putKeys(storage, { epoch: to, rotation: null });
        }),
      );
    } catch (error) {
      ring.keys.set(former, old);
      ring.current = former;
      throw error;
    }
    old.fill(0);
    storage.blobs.forgetOlderEpochs();
  }

  #keyOf(epoch: number): Buffer {
    const key = this.#deps.storage.ring.keys.get(epoch);
    if (!key) throw new Error(`the ring lacks the key of epoch ${epoch}`);
    return key;
  }

  /** The pages of the database are on the disk twice for a while. */
  #requireRoom(): void {
    const { storage } = this.#deps;
    const needed = fileBytes(storage.db.name) + spareBytes;
    const { freeBytes } = diskOf(storage.folder);
    if (freeBytes >= needed) return;
    throw new AppError(
      'vault/rotation-no-room',
      'There is not enough room on the disk to replace the vault key. Both keys are safe and nothing was changed. Free some space, then it can go on.',
      { neededBytes: needed, freeBytes },
    );
  }

  #show(running: Running | null): void {
    this.#running = running;
    if (!this.#closing.signal.aborted) this.#states.publish(this.state);
  }
}
