import type { FileSource } from '../../electron/core/contract/index.ts';
import { client } from './client.ts';
import { desktop } from './desktop.ts';

/** Equal to the contract's `uploadChunkBytes`; a test holds them together (importing it would bring zod into the page). */
export const chunkBytes = 512 * 1024;

export type UploadOptions = { readonly signal?: AbortSignal; readonly onProgress?: (sentBytes: number, totalBytes: number) => void };

/** Hands a file to core: by its path in the desktop window, else as chunks. Leaves nothing behind when it fails or is stopped. */
export async function fileSourceOf(file: File, options: UploadOptions = {}): Promise<FileSource> {
  const path = desktop()?.pathForFile(file) ?? '';
  if (path !== '') return { kind: 'path', path };
  return { kind: 'upload', uploadId: await upload(file, options) };
}

async function upload(file: File, { signal, onProgress }: UploadOptions): Promise<string> {
  const { uploadId } = await client.files.beginUpload({ name: file.name, size: file.size }, signal ? { signal } : {});
  try {
    for (let offset = 0; offset < file.size;) {
      signal?.throwIfAborted();
      const chunk = await toBase64(file.slice(offset, offset + chunkBytes));
      const { received } = await client.files.appendUpload({ uploadId, offset, base64: chunk }, signal ? { signal } : {});
      offset = received;
      onProgress?.(offset, file.size);
    }
    return uploadId;
  } catch (error) {
    await client.files.abortUpload({ uploadId }).catch(() => undefined);
    throw error;
  }
}

function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? (reader.result.split(',', 2)[1] ?? '') : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(blob);
  });
}
