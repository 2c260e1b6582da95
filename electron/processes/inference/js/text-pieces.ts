import type { LlamaModel, Token } from 'node-llama-cpp';

const contextForSpacing = 8;
const longestCharacter = 4;

/**
 * Turns tokens into text as they come. A character whose bytes are spread over several tokens is held back until it is
 * whole, so that no piece ever ends in a broken one.
 */
export class TextPieces {
  readonly #model: LlamaModel;
  #before: Token[];
  #pending: Token[] = [];

  constructor(model: LlamaModel, promptTokens: readonly Token[]) {
    this.#model = model;
    this.#before = promptTokens.slice(-contextForSpacing);
  }

  /** The text that `token` completes; empty while a character is unfinished. */
  push(token: Token): string {
    this.#pending.push(token);
    const text = this.#model.detokenize(this.#pending, false, this.#before);
    if (text.endsWith('\u{FFFD}') && this.#pending.length < longestCharacter) return '';
    return this.#take(text);
  }

  /** What is left at the end. */
  end(): string {
    return this.#pending.length === 0 ? '' : this.#take(this.#model.detokenize(this.#pending, false, this.#before));
  }

  #take(text: string): string {
    this.#before = [...this.#before, ...this.#pending].slice(-contextForSpacing);
    this.#pending = [];
    return text;
  }
}
