import { concat, type Bytes } from '../bytes.ts';
import { crc32 } from './crc32.ts';

export type ZipEntry = { readonly name: string; readonly bytes: Bytes };

// 1980-01-01: the archive carries no times of its own, the signed files inside do.
const date = 0x21;
const utf8Names = 0x0800;

/** A ZIP archive (PKWARE APPNOTE 6.3.4, stored, UTF-8 names) of files below 4 GiB, so that a report is one download. */
export function writeZip(entries: readonly ZipEntry[]): Bytes {
  const parts: Bytes[] = [];
  const directory: Bytes[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const path = new TextEncoder().encode(name);
    const crc = crc32(bytes);
    const local = record(30, path, [
      [4, 0x04034b50],
      [2, 20],
      [2, utf8Names],
      [2, 0],
      [2, 0],
      [2, date],
      [4, crc],
      [4, bytes.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ]);
    directory.push(
      record(46, path, [
        [4, 0x02014b50],
        [2, 20],
        [2, 20],
        [2, utf8Names],
        [2, 0],
        [2, 0],
        [2, date],
        [4, crc],
        [4, bytes.length],
        [4, bytes.length],
        [2, path.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, offset],
      ]),
    );
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = record(22, new Uint8Array(), [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return concat(...parts, ...directory, end);
}

/** A header of little-endian numbers (width in bytes, value) followed by a name. */
function record(length: number, name: Uint8Array, fields: readonly (readonly [2 | 4, number])[]): Bytes {
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  bytes.set(name, length);
  return bytes;
}
