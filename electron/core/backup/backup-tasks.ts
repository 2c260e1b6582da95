import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupSettings, DrillResult, Snapshot } from '../contract/backup.ts';
import { AppError, isAbort, toErrorShape } from '../errors.ts';
import type { Log } from '../log.ts';
import type { KeyRing } from '../vault/key-ring.ts';
import type { BackupRepository } from './backup.repository.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { createSnapshot } from './create-snapshot.ts';
import { checkDestination, explainDestination, setIn } from './destination.ts';
import { drillSnapshot, removeDrills } from './drill.ts';
import type { SnapshotHeader } from './manifest.ts';
import { proveSnapshot } from './prove-snapshot.ts';
import { pruneSet, type Pruned } from './prune.ts';
import { openSnapshot, type ManifestKey } from './sealed-manifest.ts';
import { lockSet } from './set-lock.ts';
import type { BackupSource } from './source.ts';
import { objectsOf, putAside, verifyObjects, verifySnapshot, type Finding } from './verify-set.ts';

/** A scheduled backup reads so much of the old ones again, so that all are read every two weeks. */
const slices = 14;

export type TasksDeps = {
  readonly source: BackupSource;
  readonly repository: BackupRepository;
  readonly vaultFolder: string;
  readonly ring: KeyRing;
  readonly log: Log;
};

export type BackupDone = { readonly header: SnapshotHeader; readonly pruned: Pruned | null };

/** What can be done with a backup folder, each from its checks to its record. One at a time. */
export class BackupTasks {
  readonly #deps: TasksDeps;

  constructor(deps: TasksDeps) {
    this.#deps = deps;
  }

  /** The set in a folder; the one in the folder of the settings must be there once a backup was stored in it. */
  set(folder: string | null): BackupSet {
    const { source, repository } = this.#deps;
    const settings = repository.settings();
    const chosen = folder ?? settings.folder;
    if (chosen === null)
      throw new AppError('backup/no-destination', 'No folder for backups is chosen yet. Nothing was stored. Choose one on another disk.');
    const set = setIn(chosen, source.vaultId);
    if (chosen === settings.folder && repository.expectsSet && !set.exists)
      throw new AppError(
        'backup/set-missing',
        'The backup folder is there, but the backups that were in it are not: another disk may be connected. Nothing was stored. Connect the right one, or choose the folder again to begin anew.',
      );
    return set;
  }

  async backup(set: BackupSet, folder: string, full: boolean, scheduled: boolean, control: Control): Promise<BackupDone> {
    const { source, repository, vaultFolder } = this.#deps;
    const settings = repository.settings();
    checkDestination(folder, vaultFolder);
    const release = await this.#explained(set, () => Promise.resolve(lockSet(set)));
    try {
      const header = await this.#explained(set, () => createSnapshot(this.#source(settings), set, full, control));
      const isOwn = folder === settings.folder;
      if (isOwn) repository.expectSet();
      await this.#prove(set, header, control);
      if (scheduled) await this.#verifyOld(set, header.sequence, control);
      const key: ManifestKey = { kind: 'set', key: source.setKey };
      const isGood = (id: string) => !repository.check(id)?.problem;
      const pruned = isOwn ? await this.#explained(set, () => pruneSet(set, settings.keep, key, isGood)) : null;
      for (const id of pruned?.snapshots ?? []) repository.forgetCheck(id);
      return { header, pruned };
    } finally {
      release();
    }
  }

  async verify(set: BackupSet, snapshot: string, control: Control): Promise<Finding[]> {
    const { source, repository } = this.#deps;
    const findings = await this.#explained(set, () => verifySnapshot(set, snapshot, { kind: 'set', key: source.setKey }, control));
    this.#noteFindings(snapshot, findings);
    if (findings.length === 0) repository.noteCheck(snapshot, { verifiedAt: Date.now(), problem: null });
    return findings;
  }

  async drill(set: BackupSet, snapshot: string | null, control: Control): Promise<DrillResult> {
    const { repository, vaultFolder, ring } = this.#deps;
    const chosen = snapshot ?? set.list()[0]?.id;
    if (!chosen) throw new AppError('backup/no-snapshot', 'There is no backup in this folder yet. Make one first.');
    const result = await this.#explained(set, () => drillSnapshot(set, chosen, vaultFolder, ring, control));
    repository.addDrill(result);
    return result;
  }

  /** As the contract shows them, newest first; a folder that is not there has none. */
  snapshots(set: BackupSet): Snapshot[] {
    return listSnapshots(set, (id) => this.#deps.repository.check(id));
  }

  /** Removes what a killed drill or proof left. */
  tidy(): void {
    const { vaultFolder, log } = this.#deps;
    try {
      rmSync(this.#proofFolder, { recursive: true, force: true });
      removeDrills(vaultFolder, null);
    } catch (error) {
      log.bug('backup.tidy', error);
    }
  }

  get #proofFolder(): string {
    return join(this.#deps.vaultFolder, 'proof');
  }

  #source(settings: BackupSettings): BackupSource {
    const { source } = this.#deps;
    return settings.includeModels ? source : { ...source, models: () => [] };
  }

  /** A proof that is not possible (no room) leaves the backup as good; one that fails is a damaged backup. */
  async #prove(set: BackupSet, header: SnapshotHeader, control: Control): Promise<void> {
    const { source, repository, log } = this.#deps;
    try {
      mkdirSync(this.#proofFolder, { recursive: true, mode: 0o700 });
      await proveSnapshot(set, header, source, this.#proofFolder, control);
    } catch (error) {
      if (isAbort(error)) throw error;
      if (error instanceof AppError && /^(backup|vault)\/damaged$/.test(error.code)) {
        repository.noteCheck(header.snapshot, { verifiedAt: Date.now(), problem: toErrorShape(error) });
        await this.verify(set, header.snapshot, control);
        throw error;
      }
      log.info('backup.not-proven', { code: String((error as NodeJS.ErrnoException).code ?? 'unknown') });
    } finally {
      rmSync(this.#proofFolder, { recursive: true, force: true });
    }
  }

  /** The regular check: some files, whatever snapshots they are of, and everything else of one snapshot after the other. */
  async #verifyOld(set: BackupSet, turn: number, control: Control): Promise<void> {
    const { repository, source } = this.#deps;
    const listed = set.list();
    const old = listed[turn % listed.length];
    if (old) this.#noteFindings(old.id, await verifySnapshot(set, old.id, { kind: 'set', key: source.setKey }, control, 'no-files'));
    const names = [...(await set.objects()).keys()].sort();
    const from = names.findIndex((name) => name > repository.verifyCursor);
    const start = from < 0 ? 0 : from;
    const slice = names.slice(start, start + Math.ceil(names.length / slices));
    const damaged = new Set(await verifyObjects(set, slice, control));
    repository.verifyCursor = slice.at(-1) ?? '';
    if (damaged.size === 0) return;
    for (const { id } of set.list()) {
      const hit = this.#objectsOf(set, id).filter((sha256) => damaged.has(sha256));
      this.#noteFindings(
        id,
        hit.map((member) => ({ member, problem: 'damaged' })),
      );
    }
  }

  /** None where the manifest cannot be read: the listing says so. */
  #objectsOf(set: BackupSet, id: string): string[] {
    try {
      return [...objectsOf(openSnapshot(set, id, { kind: 'set', key: this.#deps.source.setKey }).manifest).keys()];
    } catch {
      return [];
    }
  }

  /** Keeps what a check found, and the next backup from building on it. */
  #noteFindings(snapshot: string, findings: readonly Finding[]): void {
    if (findings.length === 0) return;
    const members = [...new Set(findings.map(({ member }) => (isObject(member) ? 'file' : member)))].join(', ');
    const message = `Of this backup ${findings.length} part(s) are missing or damaged (${members}). It cannot be restored whole. The next backup stores again what the vault still has.`;
    this.#deps.repository.noteCheck(snapshot, { verifiedAt: Date.now(), problem: { code: 'backup/damaged', message } });
    for (const { file } of findings) if (file) putAside(file);
  }

  async #explained<T>(set: BackupSet, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainDestination(error, set);
    }
  }
}

const isObject = (member: string) => /^[0-9a-f]{64}$/.test(member);

/** Snapshots of one set; `check` says what is known of each. */
export function listSnapshots(set: BackupSet, check: (id: string) => ReturnType<BackupRepository['check']> = () => null): Snapshot[] {
  return set.list().map(({ id, header }): Snapshot => {
    const known = check(id);
    const unreadable = {
      code: 'backup/damaged',
      message: 'The manifest of this backup cannot be read. Choose another, and make a new one.',
    };
    return {
      id,
      vaultId: set.vaultId,
      createdAt: header?.createdAt ?? 0,
      kind: header?.kind ?? 'full',
      bytes: header?.bytes ?? 0,
      addedBytes: header?.addedBytes ?? 0,
      blobCount: header?.blobCount ?? 0,
      durationMs: header?.durationMs ?? 0,
      lastVerifiedAt: known?.verifiedAt ?? null,
      problem: header ? (known?.problem ?? null) : unreadable,
    };
  });
}
