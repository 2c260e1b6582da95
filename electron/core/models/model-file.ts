import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import type { ByteSource } from './byte-cursor.ts';
import { readGgufHeader, type GgufFile } from './gguf-header.ts';

/** Opens `path` and checks its header by positioned reads. Fails as `readGgufHeader` does, and with `models/unreadable`. */
export async function checkModelFile(path: string): Promise<GgufFile> {
  const file = await openModelFile(path);
  try {
    return await readGgufHeader(await fileSource(file));
  } finally {
    await file.close();
  }
}

export async function openModelFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error);
  });
  const stats = await file.stat();
  if (stats.isFile()) return file;
  await file.close();
  throw unreadable(new Error('not a file'));
}

/** Positioned reads of an open file; its size is taken now. */
export async function fileSource(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    read: async (offset, length) => {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
}

function unreadable(cause: unknown): AppError {
  return new AppError(
    'models/unreadable',
    'The model file cannot be opened. Check that it is there and that you may read it. Nothing was imported.',
    {},
    { cause },
  );
}
