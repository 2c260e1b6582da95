/** One of several that speak at the same time. */
export type Speaker = {
  say(text: string | Uint8Array): void;
  /** Nothing more comes from it. */
  end(): void;
};

/** Lets several speak at the same time and writes what they say as if each had waited for those before it. */
export class InOrder {
  readonly #write: (text: string | Uint8Array) => void;
  readonly #waiting: { said: (string | Uint8Array)[]; over: boolean }[] = [];

  constructor(write: (text: string | Uint8Array) => void) {
    this.#write = write;
  }

  /** The next one; the first that is not over is heard at once. */
  speaker(): Speaker {
    const own = { said: [] as (string | Uint8Array)[], over: false };
    this.#waiting.push(own);
    return {
      say: (text) => {
        own.said.push(text);
        this.#flush();
      },
      end: () => {
        own.over = true;
        this.#flush();
      },
    };
  }

  #flush(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      for (const text of first.said.splice(0)) this.#write(text);
      if (!first.over) return;
      this.#waiting.shift();
    }
  }
}
