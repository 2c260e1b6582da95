import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { AuditLog } from './audit/audit-log.ts';
import { deviceOf } from './alerts/device.ts';
import { actorOf, type Act } from './audit/act.ts';
import { Power } from './backup/power.ts';
import { restoreVault, type RestoreEvent, type RestoreRequest } from './backup/restore-vault.ts';
import { recordRestore, restoreTimes } from './backup/restore-note.ts';
import type { Person, Session } from './contract/identity.ts';
import type { Secrets, VaultStatus } from './contract/vault.ts';
import type { CoreHost, CoreOptions, Workers } from './core-options.ts';
import { AppError } from './errors.ts';
import type { IdleLock, LockReason as IdleLockReason } from './identity/idle-lock.ts';
import { Uploads } from './files/uploads.ts';
import { requireLocal } from './identity/accounts.service.ts';
import { DirectoryService } from './identity/directory/directory.service.ts';
import { writeFirstRows } from './identity/first-rows.ts';
import { isWrongProof } from './identity/identity-errors.ts';
import { newPerson } from './identity/identity.service.ts';
import { Lockout } from './identity/lockout/lockout.ts';
import { TryRecorder } from './identity/lockout/record-tries.ts';
import { requireGoodPassword } from './identity/passwords/password-policy.ts';
import { PeopleRepository } from './identity/people.repository.ts';
import { WaitingLine } from './identity/waiting-line.ts';
import { lockWhenIdle } from './lock-when-idle.ts';
import type { Log } from './log.ts';
import { personalPolicies } from './policies/default-policies.ts';
import { PoliciesService } from './policies/policies.service.ts';
import type { HostLockReason, ProcessState } from './supervision/messages.ts';
import { Tokens } from './vault/factors/token/tokens.ts';
import { wrongPassword } from './vault/key-slots.ts';
import { RecoveryCheck } from './vault/recovery-check.ts';
import { requireFresh } from './vault/require-fresh.ts';
import type { OpenStorage } from './vault/open-vault.ts';
import { noteGeneration } from './vault/slots/generation.ts';
import type { Proof } from './vault/slots/shared-slot.ts';
import type { Slot } from './vault/slots/slot.ts';
import { Vault, type OpenedVault } from './vault/vault.ts';
import { vaultPaths, type VaultFile } from './vault/vault-file.ts';
import { waysIn } from './vault/ways-in.ts';
import { openWorkspace, type Workspace } from './workspace.ts';
import type { WorkspaceDeps } from './workspace-deps.ts';

/** Why the vault was locked, as the audit shows it. */
type LockReason = 'person' | HostLockReason | IdleLockReason;

/** After an unclean stop SQLite checks every page while the vault opens; this is what a slow disk takes, ms per byte. */
const checkMsPerByte = 60_000 / 1024 ** 3;

/** The core process from start to lock: a vault that is absent or locked, then one open workspace, then the end. */
export class Core {
  readonly options: CoreOptions;
  readonly workers: Workers;
  readonly log: Log;
  readonly uploads = new Uploads();
  readonly power = new Power();
  processes: readonly ProcessState[] = [];
  readonly #vault: Vault;
  readonly #host: CoreHost;
  #workspace: Workspace | null = null;
  #idleLock: IdleLock | null = null;
  #closing: Promise<void> | null = null;
  readonly #opening = new WaitingLine(8);
  readonly lockout: Lockout;
  readonly #tries: TryRecorder;
  readonly #recoveries: RecoveryCheck;

  constructor(options: CoreOptions, workers: Workers, log: Log, host: CoreHost) {
    this.options = options;
    this.workers = workers;
    this.log = log;
    this.#host = host;
    this.#vault = new Vault(
      options.vaultFolder,
      options.kdfCost,
      {
        tokens: new Tokens(options.tokenModules ?? []),
        keychain: host.keychain ?? null,
      },
      options.anchorFolder ?? null,
    );
    const file = () => this.#vault.read();
    this.lockout = new Lockout(
      vaultPaths(options.vaultFolder).attempts,
      () => file()?.vaultId ?? null,
      (name) => file()?.slots.some(({ person }) => person === name) ?? false,
    );
    this.#tries = new TryRecorder(this.lockout);
    this.#recoveries = new RecoveryCheck(this.#vault);
  }

  get workspace(): Workspace | null {
    return this.#workspace;
  }

  status(): VaultStatus {
    const file = this.#vault.read();
    const state = this.#workspace ? 'unlocked' : file ? 'locked' : 'absent';
    const { vaultId = null, createdAt = null, slots = [] } = file ?? {};
    return { state, vaultId, createdAt, ephemeral: this.options.ephemeral, ways: waysIn(slots) };
  }

  /** Makes the vault with its owner, installs the samples and signs the owner in. */
  create(input: { userName: string; displayName: string; password: string }): Promise<Session> {
    return this.#oneAtATime(async () => {
      const owner = newPerson(input.userName, input.displayName, 'owner');
      requireGoodPassword(input.password, input.userName, personalPolicies.password);
      const { file, storage } = await this.#vault.create(input.userName, input.password, (opened, made) =>
        writeFirstRows(opened, made, owner),
      );
      const workspace = await this.#openWorkspace(file, storage);
      return this.#signIn(workspace, owner.userName, 'vault.unlock');
    });
  }

  /** Opens the vault, or signs a further person in on an open one. */
  unlock(input: Secrets & { userName: string; acceptOlder: boolean }): Promise<Session> {
    return this.#oneAtATime(async () => {
      try {
        return await this.lockout.attempt(input.userName, isWrongProof, () =>
          this.#workspace ? this.#signInFurther(this.#workspace, input) : this.#unlockClosed(input),
        );
      } finally {
        const { identity, act } = this.#workspace ?? {};
        if (identity && act) this.#tries.record(identity.list(), act);
      }
    });
  }

  /** Brings a backup into this core's vault folder, where there is no vault yet. It stays locked. */
  restoreBackup(request: RestoreRequest, signal?: AbortSignal): AsyncGenerator<RestoreEvent> {
    return restoreVault(request, this.options.vaultFolder, this.#vault.devices, (work) => this.#oneAtATime(work), signal);
  }

  /** Leaves the leaf of the lock, closes everything and asks the host to end this process; also where no leaf can be left. */
  lock(act: Act, reason: LockReason = 'person'): void {
    setImmediate(() => void this.#endAfterReply());
    act.commit({ subject: this.#vault.read()?.vaultId ?? '', details: { reason } }, () => undefined);
  }

  /** The reply goes out once the leaf is noted outside the vault too. The host is told before all is closed, so that it bounds the time that takes. */
  async #endAfterReply(): Promise<void> {
    await this.#workspace?.anchored().catch((error: unknown) => this.log.bug('vault.lock', error));
    await setTimeout(30);
    this.close().catch((error: unknown) => this.log.bug('vault.lock', error));
    this.#host.locked();
  }

  /** Locks for the host, after an unlocking that is under way. */
  async lockByHost(reason: HostLockReason): Promise<void> {
    await this.#opening.idle();
    try {
      if (this.#workspace) this.lock(this.#workspace.systemAct('vault.lock'), reason);
    } catch (error) {
      // It locks all the same.
      this.log.bug('vault.lock', error);
    }
  }

  /** Stops the services in order and closes the database; whoever asks again waits for the same end. It opens no more. */
  close(): Promise<void> {
    const workspace = this.#workspace;
    this.#workspace = null;
    this.#idleLock?.close();
    this.#closing ??= Promise.resolve(workspace?.close());
    return this.#closing;
  }

  /** Opens the vault with the recovery code or custodians' shares (or checks them on an open one) and gives a person a new password. */
  recover(input: { userName: string; newPassword: string; proof: Proof; acceptOlder: boolean }): Promise<Session> {
    return this.#oneAtATime(async () => {
      const { userName, newPassword, proof, acceptOlder } = input;
      let slot: Slot | null = null;
      const open = async () => {
        const opened = await this.#vault.openRecovered(proof, acceptOlder);
        slot = opened.slot;
        return opened;
      };
      const confirm = ({ db }: OpenStorage, person: Person) => {
        requireLocal(person);
        requireGoodPassword(newPassword, userName, new PoliciesService(db).current.password);
        return Promise.resolve();
      };
      if (this.#workspace) slot = await this.#recoveries.check(this.#workspace.systemAct, proof);
      const workspace = this.#workspace ?? (await this.#openClosed({ userName, acceptOlder, unknown: unknownPerson, confirm }, open));
      const person = workspace.identity.active(userName);
      if (!person || !slot) throw unknownPerson();
      const act = workspace.act(actorOf(person), 'vault.recover');
      await workspace.accounts.recoverPassword(act, person, newPassword, slot);
      return this.#signIn(workspace, person.userName, 'vault.unlock');
    });
  }

  async #unlockClosed(input: Secrets & { userName: string; acceptOlder: boolean }): Promise<Session> {
    const open = () => this.#vault.open(input.userName, input, input.acceptOlder);
    let directory: string | undefined;
    // Before anything else learns that the vault was opened.
    const confirm = async ({ db }: OpenStorage, { source, userName }: Person) => {
      if (source !== 'directory') return;
      directory = await new DirectoryService(db, this.#host.openConnection ?? null).confirm(userName, input.password ?? '');
    };
    const workspace = await this.#openClosed({ ...input, unknown: wrongPassword, confirm }, open);
    return this.#signIn(workspace, input.userName, 'vault.unlock', directory);
  }

  async #openClosed(
    input: {
      userName: string;
      acceptOlder: boolean;
      unknown: () => AppError;
      confirm?: (storage: OpenStorage, person: Person) => Promise<void>;
    },
    open: () => Promise<OpenedVault>,
  ): Promise<Workspace> {
    const { size } = statSync(vaultPaths(this.options.vaultFolder).database, { throwIfNoEntry: false }) ?? { size: 0 };
    this.#host.busy(size * checkMsPerByte);
    const { file, storage, slotsAge } = await open();
    try {
      const person = new PeopleRepository(storage.db).byUserName(input.userName);
      if (person?.status !== 'active') throw input.unknown();
      await input.confirm?.(storage, person);
      const audit = new AuditLog(storage);
      const figures = { ...storage.freshness.assess(audit), ...restoreTimes(storage) };
      if (!input.acceptOlder) requireFresh(figures);
      storage.space.rescued(() => storage.freshness.begin(audit));
      const workspace = await this.#openWorkspace(file, storage);
      const details = figures.verdict === 'fresh' && slotsAge === 'older' ? { verdict: 'older-slots' } : figures;
      const actor = actorOf(person);
      const noteSlots = () => noteGeneration(storage.db, this.#vault.existing());
      if (details.verdict !== 'fresh') workspace.act(actor, 'vault.accept-older').commit({ subject: file.vaultId, details }, noteSlots);
      // A kill in the middle of a change: what it changed is valid, and no leaf tells of it.
      const unrecorded = { subject: file.vaultId, details: { generation: file.generation } };
      if (slotsAge === 'newer') workspace.systemAct('keys.unrecorded-change').commit(unrecorded, noteSlots);
      recordRestore(storage, workspace.act(actor, 'vault.restore'), figures);
      return workspace;
    } catch (error) {
      try {
        if (!this.#workspace && storage.db.open) storage.close();
      } catch (closing) {
        this.log.bug('vault.close', closing);
      }
      throw error;
    }
  }

  /** @throws what a service that cannot start throws; the storage is closed again then */
  async #openWorkspace(file: VaultFile, storage: OpenStorage): Promise<Workspace> {
    const { options, workers, log } = this;
    // What services note as they begin must be noted on a full disk too; the work that they take up waits for room.
    const { space } = storage;
    const deps: WorkspaceDeps = {
      vaultId: file.vaultId,
      storage,
      workers,
      log,
      host: options.host,
      version: options.version,
      resources: options.resources,
      modelsFolder: vaultPaths(options.vaultFolder).models,
      vault: this.#vault,
      lockout: this.lockout,
      openConnection: this.#host.openConnection ?? null,
      power: this.power,
      processes: () => this.processes,
      busy: (ms) => this.#host.busy(ms),
    };
    const workspace = space.necessarily(() => openWorkspace(deps));
    try {
      space.necessarily(() => workspace.start());
    } catch (error) {
      await workspace.close().catch((closing: unknown) => this.log.bug('vault.close', closing));
      throw error;
    }
    this.#workspace = workspace;
    // A command of the terminal ends by itself, and the vault with it.
    if (this.options.host !== 'cli')
      this.#idleLock = lockWhenIdle(workspace, this.log, (reason) => this.lock(workspace.systemAct('vault.lock'), reason));
    return workspace;
  }

  async #signInFurther(workspace: Workspace, input: Secrets & { userName: string }): Promise<Session> {
    const person = workspace.identity.active(input.userName);
    const byDirectory = person?.source === 'directory' ? await workspace.signInByDirectory(person, input) : undefined;
    if (!byDirectory) await this.#vault.check(input.userName, input);
    return this.#signIn(workspace, input.userName, 'identity.sign-in', byDirectory);
  }

  /** `directory`: what the directory said, of somebody whom it knows. */
  #signIn(workspace: Workspace, userName: string, action: string, directory?: string): Session {
    const person = workspace.identity.active(userName);
    if (!person) throw wrongPassword();
    const details = { device: deviceOf(this.#vault.existing().vaultId), host: this.options.host, ...(directory ? { directory } : {}) };
    workspace.act(actorOf(person), action).commit({ subject: person.id, details }, () => workspace.identity.noteSignIn(person.id));
    return workspace.identity.sessions.start({ ...person, lastSignInAt: Date.now() });
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    return this.#opening.run(() => {
      if (this.#closing) throw new AppError('vault/closing', 'The vault is being locked. Try again in a moment.');
      return work();
    });
  }
}

function unknownPerson(): AppError {
  return new AppError('identity/unknown-person', 'There is no active person of this name in the vault. Nothing was changed.');
}
