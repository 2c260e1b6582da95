const open = '<think>';
const close = '</think>';

/**
 * Leaves out what a reasoning model thinks before its answer: everything from a `<think>` at the beginning (or from the
 * start, where the template has opened it) to `</think>`.
 */
export class ThoughtFilter {
  #state: 'start' | 'thinking' | 'after' | 'answer';
  #held = '';

  constructor(opened: boolean) {
    this.#state = opened ? 'thinking' : 'start';
  }

  /** The part of `piece` (and of what was held back) that belongs to the answer. */
  push(piece: string): string {
    if (this.#state === 'answer') return piece;
    this.#held += piece;
    if (this.#state === 'start') {
      const text = this.#held.trimStart();
      if (text.startsWith(open)) this.#state = 'thinking';
      else if (!open.startsWith(text)) return this.#answer(this.#held);
    }
    if (this.#state === 'thinking') {
      const at = this.#held.indexOf(close);
      if (at < 0) return '';
      this.#state = 'after';
      this.#held = this.#held.slice(at + close.length);
    }
    const text = this.#held.trimStart();
    return this.#state === 'after' && text !== '' ? this.#answer(text) : '';
  }

  /** What was held back and turned out to be no thought. */
  end(): string {
    return this.#state === 'start' ? this.#answer(this.#held) : '';
  }

  #answer(text: string): string {
    this.#state = 'answer';
    this.#held = '';
    return text;
  }
}
