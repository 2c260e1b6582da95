/** Writes GGUF version 3 files (little-endian, alignment 32). Source: ggml `docs/gguf.md`. */
export type MetadataEntry =
  | { key: string; type: 'u32'; value: number }
  | { key: string; type: 'f32'; value: number }
  | { key: string; type: 'bool'; value: boolean }
  | { key: string; type: 'text'; value: string }
  | { key: string; type: 'texts'; value: readonly string[] }
  | { key: string; type: 'i32s'; value: readonly number[] };
/** A 32-bit float tensor; `shape` is in GGUF order, the row length first. */
export type Tensor = { name: string; shape: readonly number[]; data: Float32Array };

const alignment = 32;

/** Where a tensor of any type goes; `type` is its number in GGUF files. */
export type TensorPlace = { name: string; shape: readonly number[]; type: number; bytes: number };

/** Everything before the tensors' data, which follows in the same order, each filled up with `padding`. */
export function ggufHead(metadata: readonly MetadataEntry[], tensors: readonly TensorPlace[]): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata.map(entry)];
  let offset = 0;
  for (const { name, shape, type, bytes } of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(type), u64(offset));
    offset += bytes + padding(bytes).length;
  }
  const head = Buffer.concat(parts);
  return Buffer.concat([head, padding(head.length)]);
}

/** The zeros that follow `length` bytes. */
export function padding(length: number): Buffer {
  return Buffer.alloc(Math.ceil(length / alignment) * alignment - length);
}

export function writeGguf(metadata: readonly MetadataEntry[], tensors: readonly Tensor[]): Uint8Array {
  const places = tensors.map(({ name, shape, data }) => ({ name, shape, type: 0, bytes: data.byteLength }));
  const blocks = tensors.flatMap(({ data }) => [Buffer.from(data.buffer, data.byteOffset, data.byteLength), padding(data.byteLength)]);
  return Buffer.concat([ggufHead(metadata, places), ...blocks]);
}

function entry(item: MetadataEntry): Buffer {
  const key = text(item.key);
  if (item.type === 'u32') return Buffer.concat([key, u32(4), u32(item.value)]);
  if (item.type === 'f32') return Buffer.concat([key, u32(6), f32(item.value)]);
  if (item.type === 'bool') return Buffer.concat([key, u32(7), Buffer.from([item.value ? 1 : 0])]);
  if (item.type === 'text') return Buffer.concat([key, u32(8), text(item.value)]);
  if (item.type === 'texts') return Buffer.concat([key, u32(9), u32(8), u64(item.value.length), ...item.value.map(text)]);
  return Buffer.concat([key, u32(9), u32(5), u64(item.value.length), Buffer.from(Int32Array.from(item.value).buffer)]);
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function f32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
}

function u64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
