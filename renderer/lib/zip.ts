export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as ZIP and PNG use it (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

// 1980-01-01: the archive carries no times of its own, the signed files inside do.
const date = 0x21;
const utf8Names = 0x0800;

/** A ZIP archive (PKWARE APPNOTE 6.3.4, stored, UTF-8 names) of files below 4 GiB, so that a report is one download. */
export function zip(entries: readonly ZipEntry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
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
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** A header of little-endian numbers (width in bytes, value) followed by a name. */
function record(length: number, name: Uint8Array, fields: readonly (readonly [2 | 4, number])[]): Uint8Array<ArrayBuffer> {
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
