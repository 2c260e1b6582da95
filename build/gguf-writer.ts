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

export function writeGguf(metadata: readonly MetadataEntry[], tensors: readonly Tensor[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata.map(entry)];
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    offset += padded(data.byteLength);
  }
  const head = Buffer.concat(parts);
  const blocks: Buffer[] = [head, Buffer.alloc(padded(head.length) - head.length)];
  for (const { data } of tensors) {
    blocks.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength), Buffer.alloc(padded(data.byteLength) - data.byteLength));
  }
  return Buffer.concat(blocks);
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

function padded(length: number): number {
  return Math.ceil(length / alignment) * alignment;
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
