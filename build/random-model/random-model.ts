import { open, type FileHandle } from 'node:fs/promises';
import { ggufHead, padding, type MetadataEntry, type TensorPlace } from '../gguf-writer.ts';
import { blockLength, weightTypes, writeBlock, type WeightType } from './blocks.ts';
import { normals, uniforms } from './random.ts';
import { chatTemplate, controlTokens, letterVocabulary } from './vocabulary.ts';

export type Shape = { layers: number; width: number; hidden: number; heads: number; keyHeads: number; vocabulary: number; context: number };
/** `tiny` about 1 million weights, `100m` 100 million, `1b` 1.2 thousand million. */
export const shapes: Readonly<Record<'tiny' | '100m' | '1b', Shape>> = {
  tiny: { layers: 4, width: 128, hidden: 256, heads: 4, keyHeads: 4, vocabulary: 1024, context: 4096 },
  '100m': { layers: 12, width: 768, hidden: 2048, heads: 12, keyHeads: 4, vocabulary: 32_000, context: 8192 },
  '1b': { layers: 19, width: 2048, hidden: 8192, heads: 32, keyHeads: 8, vocabulary: 32_000, context: 8192 },
};

const poolBlocks = 16_384;
const runBlocks = 16;

/**
 * Writes a Llama model with random weights, for measuring: as fast and as large as a real one of its shape, and its output is noise.
 * Blocks are drawn from a pool of random ones, so a thousand million weights take seconds. The control tokens' weights are zero.
 */
export async function writeRandomModel(
  path: string,
  shape: Shape,
  type: WeightType,
  seed: number,
): Promise<{ parameters: number; bytes: number }> {
  const weights = new RandomWeights(type, seed);
  const tensors = tensorsOf(shape, type);
  const file = await open(path, 'w');
  try {
    await file.write(ggufHead(metadataOf(shape, type), tensors));
    let parameters = 0;
    for (const tensor of tensors) {
      const [columns = 1, rows = 1] = tensor.shape;
      parameters += columns * rows;
      if (tensor.type === 0) await file.write(Buffer.from(new Float32Array(columns).fill(1).buffer));
      else await weights.write(file, columns, tensor.name === 'token_embd.weight' ? rows - controlTokens.length : rows, rows);
      await file.write(padding(tensor.bytes));
    }
    return { parameters, bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/** Rows of random blocks with the standard deviation 1/√columns. */
class RandomWeights {
  readonly #type: WeightType;
  readonly #uniform: () => number;
  readonly #pools = new Map<number, Buffer>();

  constructor(type: WeightType, seed: number) {
    this.#type = type;
    this.#uniform = uniforms(seed);
  }

  /** `rows` random rows, then zeros up to `allRows`. */
  async write(file: FileHandle, columns: number, rows: number, allRows: number): Promise<void> {
    const { blockBytes } = weightTypes[this.#type];
    const pool = this.#pool(columns);
    const rowBytes = (columns / blockLength) * blockBytes;
    const most = Math.max(1, Math.floor(2 ** 24 / rowBytes));
    for (let row = 0; row < rows; row += most) {
      const part = Buffer.alloc(Math.min(most, rows - row) * rowBytes);
      for (let at = 0; at < part.length; at += runBlocks * blockBytes) {
        const from = Math.floor(this.#uniform() * (poolBlocks - runBlocks)) * blockBytes;
        pool.copy(part, at, from, from + runBlocks * blockBytes);
      }
      await file.write(part);
    }
    await file.write(Buffer.alloc((allRows - rows) * rowBytes));
  }

  #pool(columns: number): Buffer {
    const there = this.#pools.get(columns);
    if (there) return there;
    const normal = normals(this.#uniform);
    const { blockBytes } = weightTypes[this.#type];
    const pool = Buffer.alloc(poolBlocks * blockBytes);
    const weights = new Float32Array(blockLength);
    for (let block = 0; block < poolBlocks; block++) {
      for (let i = 0; i < blockLength; i++) weights[i] = normal() / Math.sqrt(columns);
      writeBlock(this.#type, weights, pool, block * blockBytes);
    }
    this.#pools.set(columns, pool);
    return pool;
  }
}

/** The output shares the weights of the embedding, as in most small models. */
function tensorsOf({ layers, width, hidden, heads, keyHeads, vocabulary }: Shape, type: WeightType): TensorPlace[] {
  const { id, blockBytes } = weightTypes[type];
  const matrix = (name: string, columns: number, rows: number): TensorPlace => ({
    name: `${name}.weight`,
    shape: [columns, rows],
    type: id,
    bytes: (columns / blockLength) * rows * blockBytes,
  });
  const ones = (name: string): TensorPlace => ({ name: `${name}.weight`, shape: [width], type: 0, bytes: width * 4 });
  const keys = (width / heads) * keyHeads;
  const layer = (name: string) => [
    ones(`${name}.attn_norm`),
    matrix(`${name}.attn_q`, width, width),
    matrix(`${name}.attn_k`, width, keys),
    matrix(`${name}.attn_v`, width, keys),
    matrix(`${name}.attn_output`, width, width),
    ones(`${name}.ffn_norm`),
    matrix(`${name}.ffn_gate`, width, hidden),
    matrix(`${name}.ffn_up`, width, hidden),
    matrix(`${name}.ffn_down`, hidden, width),
  ];
  const blocks = Array.from({ length: layers }, (_, i) => layer(`blk.${i}`)).flat();
  return [matrix('token_embd', width, vocabulary), ...blocks, ones('output_norm')];
}

function metadataOf(shape: Shape, type: WeightType): MetadataEntry[] {
  const llama = (key: string, value: number): MetadataEntry => ({ key: `llama.${key}`, type: 'u32', value });
  const { tokens, merges } = letterVocabulary(shape.vocabulary);
  const endOfText = tokens.length - controlTokens.length;
  return [
    { key: 'general.architecture', type: 'text', value: 'llama' },
    { key: 'general.name', type: 'text', value: 'Redoubt measuring model' },
    { key: 'general.file_type', type: 'u32', value: weightTypes[type].fileType },
    { key: 'redoubt.label', type: 'text', value: 'test' },
    llama('context_length', shape.context),
    llama('embedding_length', shape.width),
    llama('block_count', shape.layers),
    llama('feed_forward_length', shape.hidden),
    llama('attention.head_count', shape.heads),
    llama('attention.head_count_kv', shape.keyHeads),
    llama('rope.dimension_count', shape.width / shape.heads),
    llama('vocab_size', tokens.length),
    { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
    { key: 'tokenizer.ggml.model', type: 'text', value: 'gpt2' },
    { key: 'tokenizer.ggml.pre', type: 'text', value: 'gpt-2' },
    { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
    { key: 'tokenizer.ggml.token_type', type: 'i32s', value: tokens.map((_, i) => (i < endOfText ? 1 : 3)) },
    { key: 'tokenizer.ggml.merges', type: 'texts', value: merges },
    { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: endOfText },
    { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: endOfText + 2 },
    { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false },
    { key: 'tokenizer.chat_template', type: 'text', value: chatTemplate },
  ];
}
