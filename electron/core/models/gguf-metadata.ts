import { AppError } from '../errors.ts';
import type { ByteCursor } from './byte-cursor.ts';

/** Metadata that this check keeps: numbers and flags, short texts, short number lists, and how long everything else is. */
export type MetadataValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'longText'; readonly length: number }
  | { readonly kind: 'list'; readonly length: number; readonly numbers: readonly number[] | null };
export type Metadata = ReadonlyMap<string, MetadataValue>;

const maxKeyBytes = 65_535;
const maxKeptText = 4_096;
const maxKeptNumbers = 1_024;
const tokensKey = 'tokenizer.ggml.tokens';
/** Four times the largest known vocabulary. */
const maxTokens = 2 ** 21;
const textType = 8;
const listType = 9;

/** Byte width and reader of the fixed-size value types, by type number. */
const scalars: ReadonlyMap<number, { width: number; read(view: DataView, at: number): number }> = new Map([
  [0, { width: 1, read: (view: DataView, at: number) => view.getUint8(at) }],
  [1, { width: 1, read: (view: DataView, at: number) => view.getInt8(at) }],
  [2, { width: 2, read: (view: DataView, at: number) => view.getUint16(at, true) }],
  [3, { width: 2, read: (view: DataView, at: number) => view.getInt16(at, true) }],
  [4, { width: 4, read: (view: DataView, at: number) => view.getUint32(at, true) }],
  [5, { width: 4, read: (view: DataView, at: number) => view.getInt32(at, true) }],
  [6, { width: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  [7, { width: 1, read: (view: DataView, at: number) => view.getUint8(at) }],
  [10, { width: 8, read: (view: DataView, at: number) => Number(view.getBigUint64(at, true)) }],
  [11, { width: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) }],
  [12, { width: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
]);

/** Reads `count` key-value pairs. Sizes are checked against the file before anything is read or allocated. */
export async function readMetadata(cursor: ByteCursor, count: number): Promise<Metadata> {
  const metadata = new Map<string, MetadataValue>();
  for (let i = 0; i < count; i++) {
    const key = await readName(cursor, maxKeyBytes);
    if (metadata.has(key)) throw damaged(`the metadata key ${printable(key)} is there twice`);
    metadata.set(key, await readValue(cursor, await cursor.u32(), key));
  }
  return metadata;
}

/** Reads a length-prefixed name of at most `max` bytes. Control characters are refused: a NUL would end the name for llama.cpp. */
export async function readName(cursor: ByteCursor, max: number): Promise<string> {
  const length = await readLength(cursor, 1);
  if (length < 1 || length > max) throw damaged(`a name has ${length} bytes`);
  const name = await cursor.text(length);
  if (/[\p{Cc}\uFFFD]/u.test(name)) throw damaged(`the name ${printable(name)} has characters that no name has`);
  return name;
}

async function readValue(cursor: ByteCursor, type: number, key: string): Promise<MetadataValue> {
  if (type === textType) {
    const length = await readLength(cursor, 1);
    if (length <= maxKeptText) return { kind: 'text', value: await cursor.text(length) };
    cursor.skip(length);
    return { kind: 'longText', length };
  }
  if (type === listType) return readList(cursor, key);
  const scalar = scalars.get(type);
  if (!scalar) throw damaged(`the metadata key ${printable(key)} has the unknown type ${type}`);
  return { kind: 'number', value: scalar.read(await cursor.view(scalar.width), 0) };
}

async function readList(cursor: ByteCursor, key: string): Promise<MetadataValue> {
  const type = await cursor.u32();
  if (type === textType) {
    const length = await readLength(cursor, 8);
    if (key === tokensKey) await checkTokens(cursor, length);
    else await cursor.skipTexts(length);
    return { kind: 'list', length, numbers: null };
  }
  const scalar = scalars.get(type);
  if (!scalar) throw damaged(`the metadata list ${printable(key)} has the unknown element type ${type}`);
  const length = await readLength(cursor, scalar.width);
  if (length > maxKeptNumbers) {
    cursor.skip(length * scalar.width);
    return { kind: 'list', length, numbers: null };
  }
  const view = await cursor.view(length * scalar.width);
  return { kind: 'list', length, numbers: Array.from({ length }, (_, i) => scalar.read(view, i * scalar.width)) };
}

/** llama.cpp ends the process when a token is there twice (it gives empty ones a name of their own). */
async function checkTokens(cursor: ByteCursor, count: number): Promise<void> {
  if (count > maxTokens) throw damaged(`its vocabulary has ${count} tokens`);
  const seen = new Set<string>();
  for (let i = 0; i < count; i++) {
    const token = await cursor.text(await readLength(cursor, 1), 'latin1');
    if (token !== '' && seen.has(token)) throw damaged(`the token ${printable(token)} is there twice`);
    seen.add(token);
  }
}

/** A 64-bit element count whose elements (at least `width` bytes each) must still fit in the file. */
async function readLength(cursor: ByteCursor, width: number): Promise<number> {
  const length = await cursor.u64();
  if (length * BigInt(width) > BigInt(cursor.left))
    throw damaged(`a value of ${length * BigInt(width)} bytes is announced where ${cursor.left} bytes are left`);
  return Number(length);
}

export function damaged(what: string): AppError {
  return new AppError('models/damaged', `The model file is damaged: ${what}. Copy it again from its source. Nothing was imported.`);
}

/** A name from the file made safe for a message. */
export function printable(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
