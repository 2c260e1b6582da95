import { LlamaGrammar, LlamaGrammarEvaluationState, type Llama, type LlamaModel } from 'node-llama-cpp';
import { writeGguf } from '../../../../../build/gguf-writer.ts';
import { byteAlphabet } from '../../../../../build/random-model/vocabulary.ts';
import type { GrammarState } from '../engine-grammar.ts';

const controls = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
const words =
  'the of a name id text value true false null ab abc bc cab aa bb 0 00 1 12 123 2024 - -1 . é ü ß 案 证据 案件 🔒 🔒🔒 \u0301 name" "name id": ": ", " "," "] "} "]} "}] {" {"a [" [{ }, ], }} ]] ," ,1 :1 :" \\n \\" \\\\ \\u \\u00 00e9 \\u00e9 \\t" a" b" 案" x\\ \n \n\n \n  \t'
    .split(' ')
    .filter((piece) => piece !== '');

/** A small vocabulary that holds what is hard: every byte, halves of code points, quotes and brackets in the middle of pieces. */
export const pieces: readonly Uint8Array[] = (() => {
  const all = Array.from({ length: 256 }, (_, byte) => Buffer.of(byte));
  const texts = [...words, ...words.slice(0, 40).map((word) => ` ${word}`), '  ', '    ', ' "', '": "', '", "', ' {', ' [', '  "'];
  const halves = ['案', '证', '🔒', 'é'].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [bytes.subarray(0, bytes.length - 1), bytes.subarray(1), Buffer.concat([bytes.subarray(1), Buffer.from('a')])];
  });
  const more = [...texts.map((text) => Buffer.from(text)), ...halves, Buffer.from('a案').subarray(0, 3), Buffer.from('"案').subarray(0, 2)];
  const seen = new Set(all.map((piece) => piece.toString('hex')));
  for (const piece of more) {
    if (!seen.has(piece.toString('hex'))) all.push(piece);
    seen.add(piece.toString('hex'));
  }
  return [...all, ...controls.map(() => Buffer.alloc(0))];
})();
export const endToken = pieces.length - 1;
export const ends = Int32Array.of(pieces.length - 3, endToken);

/** The file of a model that has this vocabulary and nothing else. */
export function vocabularyFile(): Uint8Array {
  const alphabet = byteAlphabet();
  const written = pieces.slice(0, -controls.length).map((piece) => [...piece].map((byte) => alphabet[byte]).join(''));
  const tokens = [...written, ...controls];
  return writeGguf(
    [
      { key: 'general.architecture', type: 'text', value: 'llama' },
      { key: 'tokenizer.ggml.model', type: 'text', value: 'gpt2' },
      { key: 'tokenizer.ggml.pre', type: 'text', value: 'gpt-2' },
      { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
      { key: 'tokenizer.ggml.token_type', type: 'i32s', value: tokens.map((_, i) => (i < written.length ? 1 : 3)) },
      { key: 'tokenizer.ggml.merges', type: 'texts', value: [] },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: endToken - 2 },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: endToken },
      { key: 'llama.context_length', type: 'u32', value: 512 },
      { key: 'llama.embedding_length', type: 'u32', value: 8 },
      { key: 'llama.block_count', type: 'u32', value: 1 },
      { key: 'llama.feed_forward_length', type: 'u32', value: 8 },
      { key: 'llama.attention.head_count', type: 'u32', value: 1 },
      { key: 'llama.rope.dimension_count', type: 'u32', value: 8 },
      { key: 'llama.vocab_size', type: 'u32', value: tokens.length },
      { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
    ],
    [],
  );
}

type Sampler = {
  canBeNextTokenForGrammarEvaluationState(state: unknown, token: number): boolean;
  acceptGrammarEvaluationStateToken(state: unknown, token: number): void;
};

/** llama.cpp's own grammar sampler, through what node-llama-cpp uses inside. */
export class PeerGrammar {
  readonly #sampler: Sampler;
  readonly #state: unknown;

  constructor(llama: Llama, model: LlamaModel, gbnf: string) {
    this.#sampler = (Reflect.get(llama, '_bindings') as { AddonSampler: Sampler }).AddonSampler;
    const grammar = new LlamaGrammar(llama, { grammar: gbnf });
    this.#state = Reflect.get(new LlamaGrammarEvaluationState({ model, grammar }), '_state');
  }

  /** Null where llama.cpp refuses the grammar (it limits repetitions). */
  static of(llama: Llama, model: LlamaModel, gbnf: string): PeerGrammar | null {
    try {
      return new PeerGrammar(llama, model, gbnf);
    } catch {
      return null;
    }
  }

  allows(token: number): boolean {
    return this.#sampler.canBeNextTokenForGrammarEvaluationState(this.#state, token);
  }
  accept(token: number): void {
    this.#sampler.acceptGrammarEvaluationStateToken(this.#state, token);
  }
}

/** Whether more bytes could make this valid UTF-8. */
export function mayBecomeText(bytes: Uint8Array): boolean {
  for (let cut = 0; cut <= Math.min(3, bytes.length); cut++) {
    const whole = bytes.subarray(0, bytes.length - cut);
    if (!isText(whole)) continue;
    const rest = [...bytes.subarray(bytes.length - cut)];
    if (cut === 0) return true;
    const continuations = [0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf];
    const fill = (missing: number): number[][] =>
      missing === 0 ? [[]] : continuations.flatMap((byte) => fill(missing - 1).map((r) => [byte, ...r]));
    for (let missing = 1; missing + cut <= 4; missing++)
      if (fill(missing).some((more) => isText(Uint8Array.from([...rest, ...more])))) return true;
  }
  return false;
}

export function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A step of a walk that ends some day: `choice` decides freely for `freely` steps, then what closes comes first. */
export function nextToken(state: GrammarState, choice: number, freely: boolean): number {
  const mask = state.mask();
  const allowed = [...mask.keys()].filter((token) => mask[token] === 1);
  if (!freely) {
    for (const closing of ['"', ']', '}', '0']) {
      if (mask[endToken] === 1) return endToken;
      const token = closing.charCodeAt(0);
      if (mask[token] === 1) return token;
    }
  }
  return allowed[choice % allowed.length] as number;
}
