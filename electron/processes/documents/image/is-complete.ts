/**
 * False for a picture that was cut off: the decoder would show the missing part as blank, and its text would be lost
 * without a word. Formats without an end that can be checked count as complete.
 */
export function isComplete(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (file.subarray(0, 4).toString('latin1')) {
    case '\x89PNG':
      return hasPngEnd(file);
    case 'RIFF':
      return file.length >= 8 && file.readUInt32LE(4) + 8 <= file.length + 1;
    case 'GIF8':
      return file.includes(0x3b, Math.max(0, file.length - 1024));
    default:
      return file.readUInt16BE(0) !== 0xffd8 || file.includes(Buffer.from([0xff, 0xd9]));
  }
}

/** Walks the chunks (RFC 2083, 3.2) to IEND. */
function hasPngEnd(file: Buffer): boolean {
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}
