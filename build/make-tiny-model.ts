import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeGguf, type MetadataEntry, type Tensor } from './gguf-writer.ts';

export type TinyModelOptions = { seed?: number; contextLength?: number; layers?: number; width?: number };

const chatTemplate =
  "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
const controlTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/**
 * A Llama model with random weights and one token per byte, for tests: everything works as with a real model
 * and the output is noise. The same options give the same bytes. Its control tokens have zero output
 * weights, so at temperature 0 it goes on until the token limit unless a grammar ends it.
 */
export function tinyModel({ seed = 1, contextLength = 2048, layers = 2, width = 64 }: TinyModelOptions = {}): Uint8Array {
  const random = normals(seed);
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

/** The printable stand-in of each byte in byte-level tokenizers, in byte order (GPT-2 `bytes_to_unicode`). */
function byteAlphabet(): string[] {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

/** Standard normal numbers from a seed: mulberry32 and the Box–Muller transform. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } } });
  if (!values.out) throw new Error('Usage: node build/make-tiny-model.ts --out FILE [--seed N]');
  const bytes = tinyModel({ seed: Number(values.seed) });
  writeFileSync(values.out, bytes);
  console.log(`${values.out}: ${bytes.length} bytes, random weights, its output is noise`);
}
