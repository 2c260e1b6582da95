/**
 * Grammars without a model, over any vocabulary: how tests reach the grammar engine (native/engine/grammar). Errors have the codes
 * grammar/syntax, grammar/left-recursion, grammar/bad-source, grammar/too-large, grammar/too-complex, grammar/dead-end.
 */
export type GrammarEngine = {
  /** Pieces are bytes by token id; those of control and end tokens are empty. */
  grammarVocabulary(pieces: readonly Uint8Array[], endTokens: Int32Array): GrammarVocabulary;
};

export type GrammarLimits = {
  readonly maskBytes?: number;
  readonly machineBytes?: number;
  readonly stacks?: number;
  readonly depth?: number;
};

export type GrammarVocabulary = {
  /** GBNF, with `<copy:K>` for a substring of source K in JSON's escapes (options `some`, `words`, `line`: `<copy:0:some,words>`). */
  compile(gbnf: string, sources?: readonly string[], limits?: GrammarLimits): CompiledGrammar;
};

export type CompiledGrammar = { start(): GrammarState };

export type GrammarState = {
  /** 1 for each token that may follow, by id. */
  mask(): Uint8Array;
  allows(token: number): boolean;
  /** False when it is not allowed, and then nothing has changed. */
  accept(token: number): boolean;
  acceptBytes(bytes: Uint8Array): boolean;
  mayEnd(): boolean;
  /** Nothing but the end may follow. */
  finished(): boolean;
  /** What must come next whatever the model says; '' when there is a choice. */
  forced(): string;
  /** The finished copies so far: UTF-8 byte offsets into their sources, first occurrences. */
  spans(): CopySpan[];
  copy(): GrammarState;
};

export type CopySpan = { readonly source: number; readonly begin: number; readonly end: number };
