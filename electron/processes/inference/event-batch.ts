const intervalMs = 20;

/** Joins the pieces of text that come within 20 ms into one event; the first one goes out at once. */
export class EventBatch {
  readonly #emit: (event: { text: string; tokens: number }) => void;
  #text = '';
  #tokens = 0;
  #timer: NodeJS.Timeout | null = null;
  #lastAt = -Infinity;

  constructor(emit: (event: { text: string; tokens: number }) => void) {
    this.#emit = emit;
  }

  push(text: string, tokens: number): void {
    this.#text += text;
    this.#tokens += tokens;
    if (this.#text === '') return;
    const wait = this.#lastAt + intervalMs - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#text === '') return;
    this.#emit({ text: this.#text, tokens: this.#tokens });
    this.#text = '';
    this.#tokens = 0;
    this.#lastAt = performance.now();
  }
}
