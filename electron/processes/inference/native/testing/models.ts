import { writeGguf, type MetadataEntry, type Tensor } from '../../../../../build/gguf-writer.ts';
import { normals, uniforms } from '../../../../../build/random-model/random.ts';
import { byteAlphabet, chatTemplate, controlTokens, letterVocabulary } from '../../../../../build/random-model/vocabulary.ts';

const width = 64;
const heads = 4;
const layers = 2;
const rankLabels = ['yes', 'no'];

type Kind = 'llama' | 'reranker';
type VocabularyKind = 'bytes' | 'merges' | 'spm';

/** Changes one matrix after it was drawn; rows are its outputs. */
export type Change = { readonly tensor: string; readonly delta: Float32Array };

/** A model of random weights for what `tinyModel` cannot show: other tokenizers, a head that ranks, changed weights. */
export function smallModel({
  kind = 'llama',
  vocabulary = 'merges',
  change,
}: { kind?: Kind; vocabulary?: VocabularyKind; change?: Change } = {}): Uint8Array {
  const { entries, size } = vocabularyOf(vocabulary);
  const random = normals(uniforms(7));
  const matrix = (name: string, columns: number, rows: number): Tensor => {
    const data = Float32Array.from({ length: columns * rows }, () => random() / Math.sqrt(columns));
    if (change?.tensor === name) change.delta.forEach((value, i) => (data[i] = (data[i] ?? 0) + value));
    return { name, shape: [columns, rows], data };
  };
  const ones = (name: string, length: number): Tensor => ({ name, shape: [length], data: new Float32Array(length).fill(1) });
  const tensors = [matrix('token_embd.weight', width, size), ones('output_norm.weight', width), matrix('output.weight', width, size)];
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    tensors.push(ones(name('attn_norm'), width), ones(name('ffn_norm'), width));
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) tensors.push(matrix(name(part), width, width));
    if (kind === 'reranker') tensors.push(ones(name('attn_q_norm'), width / heads), ones(name('attn_k_norm'), width / heads));
    tensors.push(matrix(name('ffn_gate'), width, 128), matrix(name('ffn_up'), width, 128), matrix(name('ffn_down'), 128, width));
  }
  if (kind === 'reranker') tensors.push(matrix('cls.output.weight', width, rankLabels.length));

  const architecture = kind === 'reranker' ? 'qwen3' : 'llama';
  const number = (key: string, value: number): MetadataEntry => ({ key: `${architecture}.${key}`, type: 'u32', value });
  return writeGguf(
    [
      { key: 'general.architecture', type: 'text', value: architecture },
      { key: 'general.name', type: 'text', value: 'Redoubt test model' },
      { key: 'general.file_type', type: 'u32', value: 0 },
      number('context_length', 2048),
      number('embedding_length', width),
      number('block_count', layers),
      number('feed_forward_length', 128),
      number('attention.head_count', heads),
      number('attention.head_count_kv', heads),
      number('attention.key_length', width / heads),
      number('attention.value_length', width / heads),
      number('rope.dimension_count', width / heads),
      number('vocab_size', size),
      { key: `${architecture}.attention.layer_norm_rms_epsilon`, type: 'f32', value: 1e-5 },
      ...(kind === 'reranker' ? rankEntries(architecture) : []),
      ...entries,
      { key: 'tokenizer.chat_template', type: 'text', value: chatTemplate },
    ],
    tensors,
  );
}

/** The adapter of `smallModel` that adds `scale × B·A` to one matrix of `rows × columns`, and what it adds at scale 1. */
export function smallAdapter(tensor: string, columns: number, rows: number): { bytes: Uint8Array; delta: Float32Array } {
  const rank = 4;
  const alpha = 8;
  const random = normals(uniforms(11));
  const draw = (length: number) => Float32Array.from({ length }, () => random() * 0.2);
  const [a, b] = [draw(rank * columns), draw(rows * rank)];
  const delta = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let k = 0; k < rank; k++)
        delta[row * columns + column]! += (alpha / rank) * (b[row * rank + k] ?? 0) * (a[k * columns + column] ?? 0);
  const bytes = writeGguf(
    [
      { key: 'general.type', type: 'text', value: 'adapter' },
      { key: 'general.architecture', type: 'text', value: 'llama' },
      { key: 'adapter.type', type: 'text', value: 'lora' },
      { key: 'adapter.lora.alpha', type: 'f32', value: alpha },
    ],
    [
      { name: `${tensor}.lora_a`, shape: [columns, rank], data: a },
      { name: `${tensor}.lora_b`, shape: [rank, rows], data: b },
    ],
  );
  return { bytes, delta };
}

function rankEntries(architecture: string): MetadataEntry[] {
  return [
    { key: `${architecture}.pooling_type`, type: 'u32', value: 4 },
    { key: `${architecture}.classifier.output_labels`, type: 'texts', value: rankLabels },
    { key: 'tokenizer.chat_template.rerank', type: 'text', value: 'Query: {query} Document: {document}' },
  ];
}

function vocabularyOf(kind: VocabularyKind): { entries: MetadataEntry[]; size: number } {
  if (kind === 'spm') return sentencePieces();
  const { tokens, merges } = kind === 'merges' ? letterVocabulary(900) : { tokens: [...byteAlphabet(), ...controlTokens], merges: [] };
  const firstControl = tokens.length - controlTokens.length;
  return {
    size: tokens.length,
    entries: [
      { key: 'tokenizer.ggml.model', type: 'text', value: 'gpt2' },
      { key: 'tokenizer.ggml.pre', type: 'text', value: kind === 'merges' ? 'llama-bpe' : 'gpt-2' },
      { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
      { key: 'tokenizer.ggml.token_type', type: 'i32s', value: tokens.map((_, i) => (i < firstControl ? 1 : 3)) },
      { key: 'tokenizer.ggml.merges', type: 'texts', value: merges },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: firstControl },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: firstControl + 2 },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false },
    ],
  };
}

/** A vocabulary of SentencePiece's kind: unknown, begin, end, a token per byte, pieces with `▁` for a space. */
function sentencePieces(): { entries: MetadataEntry[]; size: number } {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const pieces = ['▁', ...'abcdefghijklmnopqrstuvwxyzäöü', '▁t', 'he', '▁the', 'in', 'er', '▁a', 'on', 're', 'ing', '案', '证据', '🔒'];
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...pieces];
  const types = [2, 3, 3, ...bytes.map(() => 6), ...pieces.map(() => 1)];
  return {
    size: tokens.length,
    entries: [
      { key: 'tokenizer.ggml.model', type: 'text', value: 'llama' },
      { key: 'tokenizer.ggml.pre', type: 'text', value: 'default' },
      { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
      { key: 'tokenizer.ggml.token_type', type: 'i32s', value: types },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: 1 },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: 2 },
      { key: 'tokenizer.ggml.unknown_token_id', type: 'u32', value: 0 },
    ],
  };
}
