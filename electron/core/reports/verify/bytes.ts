/** Bytes as WebCrypto takes them: over memory that is not shared. */
export type Bytes = Uint8Array<ArrayBuffer>;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that are valid UTF-8 as text, a byte order mark included; throws for any others. */
export function toText(bytes: Bytes): string {
  return strict.decode(bytes);
}

export function fromText(text: string): Bytes {
  return new TextEncoder().encode(text);
}

const singleByte = new TextDecoder('windows-1252');

/** One character a byte, so that places are those of the bytes; only ASCII is what it was. For looking into large files that are partly text. */
export function toAscii(bytes: Bytes): string {
  return singleByte.decode(bytes);
}

/** One character a byte, of that very value. */
function toLatin1(bytes: Bytes): string {
  let text = '';
  const chunk = 0x8000;
  for (let start = 0; start < bytes.length; start += chunk) text += String.fromCharCode(...bytes.subarray(start, start + chunk));
  return text;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexOf[byte] ?? '';
  return text;
}

/** Lower or upper case; throws for what is no hexadecimal text. */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new Error('not hexadecimal');
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = digit(text.charCodeAt(at * 2)) * 16 + digit(text.charCodeAt(at * 2 + 1));
  return bytes;
}

/** Of a character that is a hexadecimal digit. */
function digit(code: number): number {
  return code < 0x40 ? code - 0x30 : (code & 0x0f) + 9;
}

export function toBase64(bytes: Bytes): string {
  return btoa(toLatin1(bytes));
}

/** Throws for what is no base64 (RFC 4648, section 4); white space is passed over. */
export function fromBase64(text: string): Bytes {
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** A copy over memory of its own, for bytes that may be a view into something shared. */
export function own(bytes: Uint8Array | ArrayBuffer): Bytes {
  return new Uint8Array(bytes);
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export async function sha256Hex(bytes: Bytes): Promise<string> {
  return toHex(await sha256(bytes));
}
