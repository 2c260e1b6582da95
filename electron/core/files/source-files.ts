import { readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { FileSource } from '../contract/base.ts';
import { AppError } from '../errors.ts';
import { piecesOf } from './file-pieces.ts';
import type { Uploads } from './uploads.ts';

/** The files that one connection may name: its own uploads and, where it is trusted with them, paths of this machine. */
export class SourceFiles {
  readonly #uploads: Uploads;
  readonly #owner: string;
  readonly #paths: boolean;

  constructor(uploads: Uploads, owner: string, paths: boolean) {
    this.#uploads = uploads;
    this.#owner = owner;
    this.#paths = paths;
  }

  /**
   * The whole content. An upload is used up by it.
   * @throws AppError `files/paths-denied`, `files/not-found`, `files/unreadable`, `files/too-large`, and what `Uploads.take` throws
   */
  read(source: FileSource, largestBytes: number): { name: string; bytes: Uint8Array } {
    if (source.kind === 'upload') {
      const { name, pieces } = this.#uploads.take(this.#owner, source.uploadId);
      return { name, bytes: Buffer.concat(pieces) };
    }
    const path = this.#fitting(source, largestBytes);
    return { name: basename(path), bytes: tried(path, () => readFileSync(path)) };
  }

  /**
   * The content in pieces, a little of it in memory at a time; see `piecesOf` for how long one is good. An upload is used up by it.
   * @throws AppError like `read`, also while the pieces are read
   */
  stream(source: FileSource, largestBytes: number): AsyncIterable<Uint8Array> {
    if (source.kind === 'upload') return inTurn(this.#uploads.take(this.#owner, source.uploadId).pieces);
    return readable(this.#fitting(source, largestBytes));
  }

  #fitting(source: Extract<FileSource, { kind: 'path' }>, largestBytes: number): string {
    const path = this.path(source);
    const { size } = tried(path, () => statSync(path));
    if (size <= largestBytes) return path;
    throw new AppError('files/too-large', 'This file is larger than Redoubt reads. Nothing was imported.', {
      name: basename(path),
      size,
      largest: largestBytes,
    });
  }

  /** The checked path of a regular file. @throws AppError `files/paths-denied`, `files/not-found`, `files/unreadable` */
  path(source: Extract<FileSource, { kind: 'path' }>): string {
    if (!this.#paths)
      throw new AppError(
        'files/paths-denied',
        'Files can be named by path in the desktop window and on the command line only. Drop the file instead.',
      );
    const stat = isAbsolute(source.path) ? tried(source.path, () => statSync(source.path, { throwIfNoEntry: false })) : undefined;
    if (!stat?.isFile())
      throw new AppError('files/not-found', 'There is no such file, or it is a folder.', { name: basename(source.path) });
    return source.path;
  }
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield piece;
    await Promise.resolve();
  }
}

async function* readable(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* piecesOf(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** What the system refuses to read is nobody's bug. */
function tried<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError(
    'files/unreadable',
    'This file cannot be read. Check that you may open it, and that it is still there.',
    { name: basename(path) },
    { cause },
  );
}
