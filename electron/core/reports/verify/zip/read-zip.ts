import { own, type Bytes } from '../bytes.ts';
import { crc32 } from './crc32.ts';

export const zipProblems = ['no-zip', 'unsupported', 'bad-name', 'too-much', 'damaged'] as const;
export type ZipProblem = (typeof zipProblems)[number];

/** Why an archive is not read; `entry` where one of its names is to blame. */
export class ZipError extends Error {
  readonly problem: ZipProblem;
  readonly entry: string;

  constructor(problem: ZipProblem, entry = '') {
    super(`the archive cannot be read: ${problem} ${entry}`);
    this.problem = problem;
    this.entry = entry;
  }
}

/** Far above any report. */
const limits = { files: 64, bytes: 512 * 1024 * 1024, ratio: 500, freeOfRatio: 1024 * 1024, name: 200 };
const [endLength, directoryLength, localLength] = [22, 46, 30];
const encrypted = 0x2041;
/** Sizes and check sum stand behind the contents, too (APPNOTE 4.3.9). */
const described = 0x0008;

type Entry = { name: string; flags: number; method: number; crc: number; packed: number; size: number; at: number };

/**
 * The files of an archive (PKWARE APPNOTE 6.3.4: stored or deflated), by name. Names may stand in one folder, which is
 * left out. Refused are encryption, zip64, names that lead elsewhere, stand twice or nest deeper, and contents that are
 * larger than they say, larger than any report, or packed too well to be one. So is every byte that belongs to no file: a
 * comment, and what lies before, between or behind them. Another program might unpack a forged file from there.
 * @throws ZipError
 */
export async function readZip(archive: Bytes): Promise<Map<string, Bytes>> {
  const entries = readDirectory(archive);
  const files = new Map<string, Bytes>();
  const folder = commonFolder(entries.map(({ name }) => name));
  for (const entry of entries) {
    const name = entry.name.slice(folder.length);
    const bytes = await unpack(archive, entry);
    if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw new ZipError('damaged', entry.name);
    files.set(name, bytes);
  }
  return files;
}

function readDirectory(archive: Bytes): Entry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  const [disk, directoryDisk, here, count, size, start] = [
    view.getUint16(end + 4, true),
    view.getUint16(end + 6, true),
    view.getUint16(end + 8, true),
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  if (disk !== 0 || directoryDisk !== 0 || here !== count || count === 0xffff || start === 0xffffffff) throw new ZipError('unsupported');
  if (start + size !== end) throw new ZipError('damaged');
  if (count > limits.files) throw new ZipError('too-much');
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + directoryLength > end || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('damaged');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + directoryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new ZipError('damaged');
    const name = readName(archive.subarray(at + directoryLength, at + directoryLength + nameLength));
    const flags = view.getUint16(at + 8, true);
    if ((flags & encrypted) !== 0) throw new ZipError('unsupported', name);
    const entry = {
      name,
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    // A folder itself has no content; one that has is no folder.
    if (isFolder(entry) && entry.size !== 0) throw new ZipError('bad-name', name);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw new ZipError('damaged');
  checkAll(entries, view, start);
  return entries.filter((entry) => !isFolder(entry));
}

function isFolder({ name }: Entry): boolean {
  return name.endsWith('/');
}

/** The end record stands last. In a comment behind it other programs may find another one, and another archive. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= 0 && at >= view.byteLength - endLength - 0xffff; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + endLength === view.byteLength && view.getUint16(at + 20, true) === 0) return at;
    throw new ZipError('unsupported');
  }
  throw new ZipError('no-zip');
}

function readName(bytes: Bytes): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ZipError('bad-name', '?');
  }
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  const bad = parts.length > 2 || parts.some((part) => part === '' || part === '.' || part === '..' || /[\p{C}\\:*?"<>|]/u.test(part));
  if (bad || bytes.length > limits.name) throw new ZipError('bad-name', name.replaceAll(/\p{C}/gu, '?'));
  return name;
}

function checkAll(entries: readonly Entry[], view: DataView, directoryStart: number): void {
  const names = new Set(entries.map(({ name }) => name.normalize('NFC').toLowerCase()));
  if (names.size !== entries.length) throw new ZipError('bad-name', entries.map(({ name }) => name).join(', '));
  if (entries.reduce((sum, { size }) => sum + size, 0) > limits.bytes) throw new ZipError('too-much');
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    const { name, method, packed, size, at } = entry;
    if (method !== 0 && method !== 8) throw new ZipError('unsupported', name);
    if (size > limits.freeOfRatio && size > packed * limits.ratio) throw new ZipError('too-much', name);
    // Contents may not overlap (many entries could share one), and nothing may hide between them.
    if (at !== free || at + localLength > directoryStart) throw new ZipError('damaged', name);
    const end = contentStart(view, entry) + packed;
    if (end > directoryStart) throw new ZipError('damaged', name);
    free = end + descriptorLength(view, entry, end, directoryStart);
  }
  if (free !== directoryStart) throw new ZipError('damaged');
}

/** Of what stands behind the contents, with or without its mark; it must tell what the directory tells. */
function descriptorLength(view: DataView, { name, flags, crc, packed, size }: Entry, at: number, limit: number): number {
  if ((flags & described) === 0) return 0;
  const tells = (from: number) =>
    from + 12 <= limit &&
    view.getUint32(from, true) === crc &&
    view.getUint32(from + 4, true) === packed &&
    view.getUint32(from + 8, true) === size;
  if (at + 4 <= limit && view.getUint32(at, true) === 0x08074b50 && tells(at + 4)) return 16;
  if (tells(at)) return 12;
  throw new ZipError('damaged', name);
}

/** Behind the local header, which must tell the same as the directory: other programs read that one. */
function contentStart(view: DataView, { name, flags, method, crc, packed, size, at }: Entry): number {
  const nameLength = view.getUint16(at + 26, true);
  const start = at + localLength + nameLength + view.getUint16(at + 28, true);
  const figures = [crc, packed, size].map((figure, index) => [view.getUint32(at + 14 + index * 4, true), figure]);
  const mayBeLater = (flags & described) !== 0;
  const same =
    view.getUint32(at, true) === 0x04034b50 &&
    view.getUint16(at + 6, true) === flags &&
    view.getUint16(at + 8, true) === method &&
    figures.every(([here, there]) => here === there || (mayBeLater && here === 0)) &&
    at + localLength + nameLength <= view.byteLength &&
    readName(own(new Uint8Array(view.buffer, view.byteOffset + at + localLength, nameLength))) === name;
  if (!same) throw new ZipError('damaged', name);
  return start;
}

async function unpack(archive: Bytes, entry: Entry): Promise<Bytes> {
  const { name, method, packed, size } = entry;
  const start = contentStart(new DataView(archive.buffer, archive.byteOffset, archive.byteLength), entry);
  const content = own(archive.subarray(start, start + packed));
  if (method === 0) return content;
  const whole = new Uint8Array(size);
  let filled = 0;
  try {
    const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > size) {
        await reader.cancel();
        throw new ZipError('too-much', name);
      }
      whole.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('damaged', name);
  }
  return whole.subarray(0, filled);
}

/** `folder/` where every name stands in the same one, else nothing. */
function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  const folder = first.includes('/') ? first.slice(0, first.indexOf('/') + 1) : '';
  return folder !== '' && names.every((name) => name.startsWith(folder)) ? folder : '';
}
