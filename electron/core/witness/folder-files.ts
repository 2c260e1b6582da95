import { appendFileSync, closeSync, fstatSync, lstatSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { writeFileAtomic } from '../vault/atomic-file.ts';

/** Whatever a witness keeps is smaller. */
const mostBytes = 65_536;
/** A lock of a program that died; cosigning takes a moment. */
const staleMs = 60_000;
/** How long a lock may stand without its holder's name. */
const unwrittenMs = 500;
const lockName = 'cosign.lock';

/** The files of a witness folder: plain names that every file system takes, no links followed, nothing large read. */
export class FolderFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder. @throws AppError `witness/unreachable` */
  make(): void {
    this.#reach(() => mkdirSync(this.#folder, { recursive: true }));
  }

  /** Null where there is no such file. @throws AppError `witness/damaged` for what no witness wrote, `witness/unreachable` */
  read(name: string): string | null {
    const path = join(this.#folder, name);
    return this.#reach(() => {
      const entry = lstatSync(path, { throwIfNoEntry: false });
      if (!entry) return null;
      if (!entry.isFile() || entry.size > mostBytes) throw damagedFile(name);
      const handle = openSync(path, 'r');
      try {
        const bytes = Buffer.alloc(mostBytes);
        if (fstatSync(handle).size > mostBytes) throw damagedFile(name);
        return bytes.toString('utf8', 0, readSync(handle, bytes, 0, mostBytes, 0));
      } finally {
        closeSync(handle);
      }
    });
  }

  /** Durable when it returns; after a kill the file is the old or the new one. */
  write(name: string, text: string): void {
    this.#reach(() => writeFileAtomic(join(this.#folder, name), text));
  }

  /** For people to read; what is torn there matters to nobody. */
  append(name: string, text: string): void {
    const path = join(this.#folder, name);
    this.#reach(() => {
      const entry = lstatSync(path, { throwIfNoEntry: false });
      if (entry && !entry.isFile()) throw damagedFile(name);
      appendFileSync(path, text);
    });
  }

  /** One program at a time. @throws AppError `witness/busy` */
  locked<T>(work: () => T): T {
    const path = join(this.#folder, lockName);
    const take = () => {
      const handle = openSync(path, 'wx');
      writeSync(handle, `${process.pid} ${hostname()}\n`);
      closeSync(handle);
    };
    this.#reach(() => {
      try {
        take();
      } catch (error) {
        if (!isHeld(error)) throw error;
        if (!this.#isAbandoned(path)) throw busy();
        rmSync(path, { force: true });
        take();
      }
    });
    try {
      return work();
    } finally {
      rmSync(path, { force: true });
    }
  }

  /** Left by a program that died: of this machine and not running any more (this one holds none, since it cosigns in one go), or of another one and old. */
  #isAbandoned(path: string): boolean {
    const [pid = '', host] = this.#holder().trimEnd().split(' ');
    // Killed between making the file and writing into it; who lives writes at once.
    if (pid === '') return true;
    if (host === hostname() && /^\d{1,9}$/.test(pid)) return Number(pid) === process.pid || !isRunning(Number(pid));
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    // The clock of another machine may be ahead.
    return Math.abs(age) >= staleMs;
  }

  /** What the lock says of who holds it; waits a moment where it says nothing yet. */
  #holder(): string {
    const end = Date.now() + unwrittenMs;
    for (;;) {
      const text = this.read(lockName) ?? '';
      if (text !== '' || Date.now() >= end) return text;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }

  #reach<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      // What a full disk says has words of its own.
      if (code === undefined || code === 'ENOSPC' || code === 'EDQUOT') throw error;
      if (isHeld(error)) throw busy();
      throw new AppError(
        'witness/unreachable',
        `The folder of the witness cannot be read or written (${code}). Nothing was cosigned. Put the medium in, or name another folder.`,
        { reason: code },
        { cause: error },
      );
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isHeld(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}

function busy(): AppError {
  return new AppError('witness/busy', 'Another program is using this witness. Nothing was cosigned. Try again in a minute.');
}

export function damagedFile(name: string): AppError {
  return new AppError(
    'witness/damaged',
    `The file ${name} of the witness is not one that a witness wrote, or it is damaged. Nothing was cosigned. Keep the folder as evidence and begin with a new witness.`,
    { file: name },
  );
}
