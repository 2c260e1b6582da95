import type { LlamaModel, Token } from 'node-llama-cpp';
import type { PreparedPrompt } from './prompt-tokens.ts';
import { StopFilter } from './stop-filter.ts';
import { TextPieces } from './text-pieces.ts';
import { ThoughtFilter } from './thought-filter.ts';

/** From tokens to the text a person sees: whole characters, nothing after a stop text, no thoughts. */
export class AnswerText {
  readonly #pieces: TextPieces;
  readonly #stop: StopFilter;
  readonly #thoughts: ThoughtFilter | null;

  /** `free`: the output is not constrained, so a reasoning model may think aloud first. */
  constructor(model: LlamaModel, { tokens, stops, thoughts }: PreparedPrompt, free: boolean) {
    this.#pieces = new TextPieces(model, tokens);
    this.#stop = new StopFilter(stops);
    this.#thoughts = thoughts === 'none' || !free ? null : new ThoughtFilter(thoughts === 'opened');
  }

  /** True when a stop text came. */
  get stopped(): boolean {
    return this.#stop.stopped;
  }

  push(token: Token): string {
    return this.#visible(this.#stop.push(this.#pieces.push(token)));
  }

  /** What was held back. */
  end(): string {
    return this.#visible(this.#stop.push(this.#pieces.end()) + this.#stop.end()) + (this.#thoughts?.end() ?? '');
  }

  #visible(text: string): string {
    return this.#thoughts ? this.#thoughts.push(text) : text;
  }
}
