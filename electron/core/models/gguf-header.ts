import type { ModelHeader } from '../contract/models.ts';
import { AppError } from '../errors.ts';
import { ByteCursor, type ByteSource } from './byte-cursor.ts';
import { damaged, printable, readMetadata, readName, type Metadata } from './gguf-metadata.ts';
import { fileTypes, tensorTypes } from './gguf-types.ts';

const maxHeaderBytes = 256 * 2 ** 20;
const maxMetadata = 65_536;
const maxTensors = 131_072;
const maxTensorName = 63;
/** llama.cpp's LLAMA_MAX_LAYERS; it ends the process when there are more. */
const maxLayers = 512;

export type GgufFile = {
  readonly header: ModelHeader;
  /** `redoubt.label` of the metadata, written by our own generator. */
  readonly label: string | null;
  /** Bytes of key and value cache one token of context takes at 16 bit. */
  readonly cacheBytesPerToken: number;
};

/**
 * Checks a GGUF file (version 2 or 3, little-endian) before llama.cpp sees it and answers what its header says.
 * Every size is checked against the file before it is used; tensors must lie one after the other inside the file.
 *
 * Fails with `models/not-gguf`, `models/unsupported-version`, `models/damaged` or `models/too-large`.
 * Source: the GGUF specification in ggml `docs/gguf.md`; the same rules as llama.cpp's `gguf_init_from_file`.
 */
export async function readGgufHeader(source: ByteSource): Promise<GgufFile> {
  if (source.size < 24) throw notGguf();
  const cursor = new ByteCursor(source, maxHeaderBytes);
  if ((await cursor.text(4)) !== 'GGUF') throw notGguf();
  const version = await cursor.u32();
  if (version !== 2 && version !== 3) throw unsupported(version);
  const tensorCount = await count(cursor, maxTensors, 'tensors');
  const metadataCount = await count(cursor, maxMetadata, 'metadata entries');
  const metadata = await readMetadata(cursor, metadataCount);
  const alignment = numberOf(metadata, 'general.alignment') ?? 32;
  if (!Number.isInteger(alignment) || alignment < 1 || alignment > 65_536 || (alignment & (alignment - 1)) !== 0)
    throw damaged(`its alignment is ${alignment}`);
  const tensors = await readTensors(cursor, tensorCount, alignment);
  const dataStart = align(cursor.position, alignment);
  if (dataStart + tensors.dataBytes > source.size) {
    throw damaged(`its header announces ${dataStart + tensors.dataBytes} bytes and the file has ${source.size}; it was probably cut off`);
  }
  return describe(version, metadata, tensors, source.size);
}

type Tensors = { parameters: number; dataBytes: number; bytesByType: ReadonlyMap<string, number>; embeddingRows: number | null };

async function readTensors(cursor: ByteCursor, tensorCount: number, alignment: number): Promise<Tensors> {
  const names = new Set<string>();
  const bytesByType = new Map<string, number>();
  let parameters = 0;
  let offset = 0;
  let dataBytes = 0;
  let embeddingRows: number | null = null;
  for (let i = 0; i < tensorCount; i++) {
    const name = await readName(cursor, maxTensorName);
    if (names.has(name)) throw damaged(`the tensor ${printable(name)} is there twice`);
    names.add(name);
    const { elements, rowLength, rows } = await readShape(cursor, name);
    const typeNumber = await cursor.u32();
    const type = tensorTypes.get(typeNumber);
    if (!type)
      throw new AppError(
        'models/unsupported-version',
        `The tensor ${printable(name)} has the type ${typeNumber}, which this version of Redoubt does not know. Nothing was imported.`,
      );
    if (rowLength % type.block !== 0) throw damaged(`the rows of tensor ${printable(name)} do not divide into blocks of ${type.name}`);
    const bytes = (elements / type.block) * type.bytes;
    const announced = await cursor.u64();
    if (announced !== BigInt(offset)) throw damaged(`the tensor ${printable(name)} lies at ${announced} instead of ${offset}`);
    dataBytes = offset + bytes;
    if (!Number.isSafeInteger(dataBytes + alignment)) throw damaged(`the tensor ${printable(name)} is impossibly large`);
    offset = align(dataBytes, alignment);
    parameters += elements;
    bytesByType.set(type.name, (bytesByType.get(type.name) ?? 0) + bytes);
    if (name === 'token_embd.weight') embeddingRows = rows;
  }
  return { parameters, dataBytes, bytesByType, embeddingRows };
}

async function readShape(cursor: ByteCursor, name: string): Promise<{ elements: number; rowLength: number; rows: number }> {
  const dimensions = await cursor.u32();
  if (dimensions < 1 || dimensions > 4) throw damaged(`the tensor ${printable(name)} has ${dimensions} dimensions`);
  let elements = 1n;
  const shape: number[] = [];
  for (let i = 0; i < dimensions; i++) {
    const length = await cursor.u64();
    elements *= length;
    if (length === 0n || elements > 2n ** 50n) throw damaged(`the tensor ${printable(name)} has an impossible shape`);
    shape.push(Number(length));
  }
  return { elements: Number(elements), rowLength: shape[0] ?? 1, rows: shape[1] ?? 1 };
}

function describe(version: number, metadata: Metadata, tensors: Tensors, fileSize: number): GgufFile {
  const architecture = textOf(metadata, 'general.architecture');
  if (!architecture) throw damaged('it does not name its architecture');
  checkSizes(metadata, architecture);
  const integer = (key: string) => wholeOf(metadata, `${architecture}.${key}`);
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const header: ModelHeader = {
    formatVersion: version,
    architecture: architecture.slice(0, 100),
    name: textOf(metadata, 'general.name')?.slice(0, 200) ?? null,
    quantisation: quantisation(metadata, tensors),
    parameters: tensors.parameters,
    contextLength: integer('context_length'),
    embeddingLength: integer('embedding_length'),
    layers: integer('block_count'),
    vocabularySize: tokens?.kind === 'list' ? tokens.length : (integer('vocab_size') ?? tensors.embeddingRows),
    hasChatTemplate: metadata.has('tokenizer.chat_template'),
    fileSize,
  };
  return { header, label: textOf(metadata, 'redoubt.label'), cacheBytesPerToken: cacheBytesPerToken(metadata, header) };
}

/** Sizes that llama.cpp trusts, and ends the process over. */
function checkSizes(metadata: Metadata, architecture: string): void {
  for (const key of ['block_count', 'embedding_length', 'context_length', 'vocab_size', 'attention.head_count']) {
    const value = metadata.get(`${architecture}.${key}`);
    const largest = key === 'block_count' ? maxLayers : 2 ** 31;
    const least = key === 'attention.head_count' ? 0 : 1;
    if (value?.kind !== 'number') continue;
    if (!Number.isInteger(value.value) || value.value < least || value.value > largest) throw damaged(`its ${key} is ${value.value}`);
  }
}

function quantisation(metadata: Metadata, tensors: Tensors): string {
  const named = fileTypes.get(numberOf(metadata, 'general.file_type') ?? -1);
  if (named) return named;
  const [largest] = [...tensors.bytesByType].sort((a, b) => b[1] - a[1]);
  return largest?.[0] ?? 'none';
}

/** Sum over the layers of (key width + value width) × key-value heads × 2 bytes. Layers without attention count as none. */
function cacheBytesPerToken(metadata: Metadata, header: ModelHeader): number {
  const of = (key: string) => metadata.get(`${header.architecture}.${key}`);
  const whole = (key: string) => wholeOf(metadata, `${header.architecture}.${key}`);
  const layers = Math.min(header.layers ?? 0, 10_000);
  const heads = whole('attention.head_count') ?? 1;
  const width = Math.ceil((header.embeddingLength ?? 0) / Math.max(1, heads));
  const perHead = (whole('attention.key_length') ?? width) + (whole('attention.value_length') ?? width);
  const kv = of('attention.head_count_kv');
  const headsOf = (layer: number) => (kv?.kind === 'list' ? (kv.numbers?.[layer] ?? 0) : kv?.kind === 'number' ? kv.value : heads);
  let total = 0;
  for (let layer = 0; layer < layers; layer++) total += Math.max(0, headsOf(layer)) * perHead * 2;
  return Number.isSafeInteger(total) ? total : 0;
}

async function count(cursor: ByteCursor, max: number, what: string): Promise<number> {
  const value = await cursor.u64();
  if (value > BigInt(max)) throw damaged(`it announces ${value} ${what}`);
  return Number(value);
}

function numberOf(metadata: Metadata, key: string): number | null {
  const value = metadata.get(key);
  return value?.kind === 'number' ? value.value : null;
}

function wholeOf(metadata: Metadata, key: string): number | null {
  const value = numberOf(metadata, key);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function textOf(metadata: Metadata, key: string): string | null {
  const value = metadata.get(key);
  return value?.kind === 'text' && value.value !== '' ? value.value : null;
}

function align(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

function notGguf(): AppError {
  return new AppError(
    'models/not-gguf',
    'This is not a GGUF model file. Redoubt reads models in GGUF format, version 2 or 3. Nothing was imported.',
  );
}

function unsupported(version: number): AppError {
  const swapped = version > 0xffff;
  const what = swapped ? 'It was written for big-endian machines' : `Its format version is ${version}`;
  return new AppError(
    'models/unsupported-version',
    `This GGUF file cannot be read. ${what}; Redoubt reads little-endian files of version 2 and 3. Convert it again with a current tool.`,
    { version },
  );
}
