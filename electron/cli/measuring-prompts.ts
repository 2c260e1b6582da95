/** Prompts with a wished number of tokens; no two begin alike, so nothing of them is in memory already. */
export class MeasuringPrompts {
  readonly #count: (text: string) => Promise<number>;
  #made = 0;

  constructor(count: (text: string) => Promise<number>) {
    this.#count = count;
  }

  async fresh(tokens: number): Promise<string> {
    this.#made += 1;
    let text = `${this.#made}.`;
    const words = ['one', 'house', 'under', 'the', 'old', 'tree', 'stands', 'where', 'rivers', 'meet'];
    for (let next = this.#made; text.length < tokens; next += 3) text += ` ${words[next % words.length]}`;
    // Grows in steps, as nobody knows how many characters a token has.
    let count = await this.#count(text);
    while (count < tokens) {
      const missing = Math.max(1, Math.floor(((tokens - count) * text.length) / Math.max(1, count) / 6));
      for (let i = 0; i < missing; i++) text += ` ${words[(this.#made + i * 7) % words.length]}`;
      count = await this.#count(text);
    }
    return text;
  }
}
