import { z } from 'zod';
import type { SiemFormat, SiemSettings, SiemState } from '../../contract/audit-records.ts';
import { toErrorShape } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Act, SystemActs } from '../act.ts';
import { readLeaf } from '../leaf.ts';
import { checkExportFolder, explainExport } from './export-folder.ts';
import { problemOf, writeExportFile, type ExportFile } from './export-files.ts';
import type { EventSource, LogEvent } from './formats/event.ts';
import { SiemRepository } from './siem.repository.ts';

export type SiemDeps = {
  readonly db: WritableDb;
  readonly systemAct: SystemActs;
  readonly log: Log;
  readonly vaultFolder: string;
  readonly source: EventSource;
};

const minuteMs = 60_000;
const tickMs = 10_000;
/** Entries of one file. */
const perFile = 10_000;
/** Older files that a scheduled export looks at again; it goes round. */
const filesPerLook = 100;
const leafRow = z.object({
  sequence: z.number(),
  canonical: z.string(),
  leaf_hash: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

/**
 * Hands the audit log out to a log collector: files in a folder, on schedule. Each line has its sequence and the hash of
 * its leaf, each file's name its range, and the vault remembers what every file held: a gap shows in the collector, and
 * a file that was taken away or altered shows here.
 */
export class SiemExport {
  readonly #deps: SiemDeps;
  readonly #repository: SiemRepository;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** From where the next look at older files goes on. */
  #lookFrom = 0;

  constructor(deps: SiemDeps) {
    this.#deps = deps;
    this.#repository = new SiemRepository(deps.db);
  }

  start(): void {
    const run = () => this.runDue().catch((error: unknown) => this.#deps.log.bug('audit.export', error));
    this.#timer = setInterval(() => void run(), tickMs).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#work;
  }

  state(): SiemState {
    const { settings, next, nextAt, lastAt, error, fileCount } = this.#repository;
    return {
      settings,
      next,
      waiting: Math.max(0, this.#size() - next),
      files: fileCount,
      lastAt,
      nextAt: settings.folder === null ? null : nextAt,
      error,
      problems: this.#repository.problems(),
    };
  }

  /** @throws AppError `audit/export-folder-missing`, `audit/export-inside-vault`, `audit/export-folder-read-only` */
  set(act: Act, settings: SiemSettings): SiemState {
    if (settings.folder !== null) checkExportFolder(settings.folder, this.#deps.vaultFolder);
    const { folder, ...rest } = settings;
    const moved = folder !== this.#repository.settings.folder;
    act.commit({ subject: '', details: { ...rest, on: folder !== null, moved } }, () =>
      this.#repository.save(settings, folder === null ? null : Date.now() + settings.everyMinutes * minuteMs),
    );
    this.#lookFrom = 0;
    return this.state();
  }

  /** Exports what waits and looks at every file again. @throws AppError as `set`, and `audit/export-failed` */
  async now(act: Act): Promise<SiemState> {
    const { folder } = this.#repository.settings;
    checkExportFolder(folder ?? '', this.#deps.vaultFolder);
    await this.#queued(() => this.#export(act, Number.POSITIVE_INFINITY));
    return this.state();
  }

  /** Writes a range of the log to files in a folder, once and beside the schedule. Returns what was written. */
  async to(act: Act, target: { folder: string; format: SiemFormat; first: number; last: number | null }): Promise<ExportFile[]> {
    const { folder, format, first } = target;
    checkExportFolder(folder, this.#deps.vaultFolder);
    const end = Math.min(target.last ?? Number.MAX_SAFE_INTEGER, this.#size() - 1);
    // On record before anything is out: what cannot be recorded is not handed out, and what was begun is told.
    const count = Math.max(0, Math.ceil((end - first + 1) / perFile));
    act.commit({ subject: '', details: { first, last: end, files: count, format } }, () => undefined);
    const files: ExportFile[] = [];
    try {
      for (let from = first; from <= end; from += perFile)
        files.push(await this.#write(folder, format, from, Math.min(end, from + perFile - 1)));
    } catch (error) {
      throw explainExport(error);
    }
    return files;
  }

  /** Exports if it is time; what goes wrong is kept in the state, and on record. */
  async runDue(now = Date.now()): Promise<void> {
    const { settings, nextAt } = this.#repository;
    // A clock that was set back would put it off for as long.
    const due = nextAt !== null && (now >= nextAt || nextAt - now > settings.everyMinutes * minuteMs);
    if (this.#closed || settings.folder === null || !due) return;
    this.#repository.nextAt = now + settings.everyMinutes * minuteMs;
    await this.#queued(() => this.#exportScheduled());
  }

  async #exportScheduled(): Promise<void> {
    const { db, systemAct } = this.#deps;
    // What it wrote of itself is no reason to write again.
    const news = db
      .prepare("SELECT 1 FROM audit_leaves WHERE sequence >= ? AND action IS NOT 'audit.export' LIMIT 1")
      .get(this.#repository.next);
    try {
      if (news === undefined) await this.#look(this.#repository.settings.folder ?? '', filesPerLook);
      else await this.#export(systemAct('audit.export'), filesPerLook);
    } catch (error) {
      const { code, message } = toErrorShape(error);
      if (this.#repository.error?.code === code) return;
      const failed = { subject: '', outcome: 'failed' as const, reason: code };
      systemAct('audit.export').commit(failed, () => this.#repository.ended(Date.now(), { code, message }));
    }
  }

  /** Up to the newest entry of now; the one that tells of it comes with the next. */
  async #export(act: Act, looks: number): Promise<void> {
    const { folder, format } = this.#repository.settings;
    if (folder === null) return;
    try {
      await this.#look(folder, looks);
      const first = this.#repository.next;
      const end = this.#size() - 1;
      for (let from = first; from <= end; from += perFile) {
        if (this.#closed) return;
        const file = await this.#write(folder, format, from, Math.min(end, from + perFile - 1));
        const details = { first: file.first, last: file.last, format, sha256: file.sha256 };
        const at = Date.now();
        act.commit({ subject: '', details }, () => {
          this.#repository.add(folder, file, at);
          this.#repository.ended(at, null);
        });
      }
      if (first > end) act.commit({ subject: '', details: { first, last: end, format } }, () => this.#repository.ended(Date.now(), null));
    } catch (error) {
      throw explainExport(error);
    }
  }

  /** Looks at written files again; what is wrong is told once. */
  async #look(folder: string, most: number): Promise<void> {
    checkExportFolder(folder, this.#deps.vaultFolder);
    const { filesTaken } = this.#repository.settings;
    const files = this.#repository.sound(folder, Number.isFinite(most) ? this.#lookFrom : 0, Math.min(most, 1_000_000));
    this.#lookFrom = files.length < most ? 0 : (files.at(-1)?.last ?? -1) + 1;
    for (const file of files) {
      if (this.#closed) return;
      const problem = await problemOf(folder, file);
      if (problem === null || (problem === 'missing' && filesTaken)) continue;
      const { first, last, name } = file;
      const details = { file: name, kind: problem, first, last };
      this.#deps
        .systemAct('audit.export-damaged')
        .commit({ subject: '', outcome: 'failed', details }, () => this.#repository.noteProblem(first, problem, Date.now()));
    }
  }

  #write(folder: string, format: SiemFormat, first: number, last: number): Promise<ExportFile> {
    return writeExportFile(folder, format, this.#deps.source, { events: this.#events(first, last), first, last });
  }

  /** Entries whose text was pruned, or is none any more (`verify` names them), are left out: the gap shows. Each page is read at once, so that other work can come in between. */
  *#events(first: number, last: number): Generator<LogEvent> {
    const sql = `SELECT sequence, canonical, leaf_hash FROM audit_leaves
      WHERE sequence BETWEEN ? AND ? AND canonical IS NOT NULL ORDER BY sequence LIMIT 200`;
    const read = this.#deps.db.prepare(sql);
    for (let from = first; from <= last;) {
      const rows = z.array(leafRow).parse(read.all(from, last));
      for (const { canonical, leaf_hash } of rows) {
        const leaf = readLeaf(canonical);
        if (leaf) yield { leaf, leafHash: Buffer.from(leaf_hash).toString('hex') };
      }
      from = (rows.at(-1)?.sequence ?? last) + 1;
    }
  }

  #size(): number {
    return z.number().parse(this.#deps.db.prepare('SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves').pluck().get());
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#work.then(work);
    this.#work = run.catch(() => undefined);
    return run;
  }
}
