import { own, type Bytes } from '../electron/core/reports/verify/bytes.ts';
import { ZipError, readZip } from '../electron/core/reports/verify/zip/read-zip.ts';

/** What somebody dropped or chose: one archive, or the files of a report. Files are read when they are needed. */
export type Input = { readonly label: string; readonly files: readonly { readonly name: string; readonly blob: Blob }[] };

/** Of a folder that was chosen the browser gives whatever lies in it at any depth: what lies deeper keeps its path, so that it is named as too much. */
export function fromFiles(list: Iterable<Pick<File, 'name' | 'webkitRelativePath'> & Blob>): Input {
  const files = [...list].map((file) => ({ name: file.webkitRelativePath.replace(/^[^/]*\//, '') || file.name, blob: file }));
  return { label: files.length === 1 ? (files[0]?.name ?? '') : `${files.length}`, files };
}

/** A folder that was dropped gives what lies in it; folders in that stand there as empty files, so that they are named as too much. */
export async function fromDrop(transfer: DataTransfer): Promise<Input> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const [only, ...others] = entries;
  if (!only?.isDirectory || others.length > 0) return fromFiles(transfer.files);
  const inside = await listFolder(only as FileSystemDirectoryEntry);
  const files = await Promise.all(
    inside.map(async (entry) => ({ name: entry.name, blob: entry.isFile ? await fileOf(entry as FileSystemFileEntry) : new Blob([]) })),
  );
  return { label: only.name, files };
}

/** @throws ZipError */
export async function readInput({ files }: Input): Promise<Map<string, Bytes>> {
  const [only, ...others] = files;
  if (only && others.length === 0) return readZip(await bytesOf(only.blob));
  // Files from several folders: which of two is the report's nobody knows.
  const twice = files.find(({ name }, index) => files.slice(0, index).some((other) => other.name === name));
  if (twice) throw new ZipError('bad-name', twice.name);
  return new Map(await Promise.all(files.map(async ({ name, blob }): Promise<[string, Bytes]> => [name, await bytesOf(blob)])));
}

async function bytesOf(blob: Blob): Promise<Bytes> {
  return own(await blob.arrayBuffer());
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a folder's entries in parts. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}
