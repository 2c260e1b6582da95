import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeGguf, type MetadataEntry, type Tensor } from './gguf-writer.ts';
import { shapes, writeRandomModel } from './random-model/random-model.ts';
import { normals, uniforms } from './random-model/random.ts';
import { byteAlphabet, chatTemplate, controlTokens } from './random-model/vocabulary.ts';

export type TinyModelOptions = { seed?: number; contextLength?: number; layers?: number; width?: number };

/**
 * A Llama model with random weights and one token per byte, for tests: everything works as with a real model
 * and the output is noise. The same options give the same bytes. Its control tokens have zero output
 * weights, so at temperature 0 it goes on until the token limit unless a grammar ends it.
 */
export function tinyModel({ seed = 1, contextLength = 2048, layers = 2, width = 64 }: TinyModelOptions = {}): Uint8Array {
  const random = normals(uniforms(seed));
  const heads = 4;
  const hidden = width * 2;
  const tokens = [...byteAlphabet(), ...controlTokens];
  const matrix = (name: string, columns: number, rows: number): Tensor => ({
    name,
    shape: [columns, rows],
    data: Float32Array.from({ length: columns * rows }, () => random() / Math.sqrt(columns)),
  });
  const ones = (name: string): Tensor => ({ name, shape: [width], data: new Float32Array(width).fill(1) });
  const output = matrix('output.weight', width, tokens.length);
  output.data.fill(0, width * 256);

  const tensors = [matrix('token_embd.weight', width, tokens.length), ones('output_norm.weight'), output];
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    tensors.push(ones(name('attn_norm')), ones(name('ffn_norm')));
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) tensors.push(matrix(name(part), width, width));
    tensors.push(matrix(name('ffn_gate'), width, hidden), matrix(name('ffn_up'), width, hidden), matrix(name('ffn_down'), hidden, width));
  }

  const llama = (key: string, value: number): MetadataEntry => ({ key: `llama.${key}`, type: 'u32', value });
  const endOfText = tokens.indexOf('<|endoftext|>');
  return writeGguf(
    [
      { key: 'general.architecture', type: 'text', value: 'llama' },
      { key: 'general.name', type: 'text', value: 'Redoubt test model' },
      { key: 'general.file_type', type: 'u32', value: 0 },
      { key: 'redoubt.label', type: 'text', value: 'test' },
      llama('context_length', contextLength),
      llama('embedding_length', width),
      llama('block_count', layers),
      llama('feed_forward_length', hidden),
      llama('attention.head_count', heads),
      llama('attention.head_count_kv', heads),
      llama('rope.dimension_count', width / heads),
      llama('vocab_size', tokens.length),
      { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
      { key: 'tokenizer.ggml.model', type: 'text', value: 'gpt2' },
      { key: 'tokenizer.ggml.pre', type: 'text', value: 'gpt-2' },
      { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
      { key: 'tokenizer.ggml.token_type', type: 'i32s', value: tokens.map((_, i) => (i < 256 ? 1 : 3)) },
      { key: 'tokenizer.ggml.merges', type: 'texts', value: [] },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: endOfText },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: endOfText + 2 },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false },
      { key: 'tokenizer.chat_template', type: 'text', value: chatTemplate },
    ],
    tensors,
  );
}

const usage = 'Usage: node build/make-tiny-model.ts [--shape tiny|100m|1b --type f16|q8_0|q4_0] [--seed N] OUT';

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { shape: { type: 'string' }, type: { type: 'string' }, seed: { type: 'string', default: '1' }, out: { type: 'string' } },
    allowPositionals: true,
  });
  const out = positionals[0] ?? values.out;
  if (!out) throw new Error(usage);
  const seed = Number(values.seed);
  if (values.shape === undefined && values.type === undefined) {
    const bytes = tinyModel({ seed });
    writeFileSync(out, bytes);
    console.log(`${out}: ${bytes.length} bytes, random weights, its output is noise`);
  } else {
    const shape = Object.entries(shapes).find(([name]) => name === (values.shape ?? 'tiny'))?.[1];
    const type = (['f16', 'q8_0', 'q4_0'] as const).find((name) => name === (values.type ?? 'q8_0'));
    if (!shape || !type) throw new Error(usage);
    const { parameters, bytes } = await writeRandomModel(out, shape, type, seed);
    console.log(`${out}: ${(parameters / 1e6).toFixed(1)} million random weights, ${bytes} bytes, its output is noise`);
  }
}
