import type { PreparedPrompt } from './prompt-tokens.ts';
import { StopFilter } from './stop-filter.ts';
import { ThoughtFilter } from './thought-filter.ts';

/** From what a model writes to what a person sees: nothing after a stop text, no thoughts. */
export class AnswerText {
  readonly #stop: StopFilter;
  readonly #thoughts: ThoughtFilter | null;

  /** `free`: the output is not constrained, so a reasoning model may think aloud first. */
  constructor({ stops, thoughts }: Pick<PreparedPrompt, 'stops' | 'thoughts'>, free: boolean) {
    this.#stop = new StopFilter(stops);
    this.#thoughts = thoughts === 'none' || !free ? null : new ThoughtFilter(thoughts === 'opened');
  }

  /** True when a stop text came. */
  get stopped(): boolean {
    return this.#stop.stopped;
  }

  /** The part of `text`, whole characters, and of what was held back that can be shown. */
  push(text: string): string {
    return this.#visible(this.#stop.push(text));
  }

  /** What was held back. */
  end(): string {
    return this.#visible(this.#stop.end()) + (this.#thoughts?.end() ?? '');
  }

  #visible(text: string): string {
    return this.#thoughts ? this.#thoughts.push(text) : text;
  }
}
