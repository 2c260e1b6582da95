import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Json } from '../../contract/base.ts';
import type { Prompt } from '../../inference/engine.protocol.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Act, Actor } from '../act.ts';
import { canonicalJson } from '../canonical-json.ts';
import { parseLeaf } from '../leaf.ts';
import { ModelCallRows } from './model-call-rows.ts';

/** Who asks a model, for what, and of what the texts are. */
export type CallOrigin = {
  readonly actor: Actor;
  readonly caseId: string;
  /** Id of the run, or of the message that is the answer. */
  readonly subject: string;
  readonly conversationId?: string;
  /** Ids of the documents whose text may be in the prompt. */
  readonly documents: readonly string[];
  /** Where in the run or conversation: plain facts. */
  readonly place: Readonly<Record<string, Json>>;
};

/** What was asked and how it ended. */
export type EndedCall = {
  readonly model: { readonly id: string; readonly name: string; readonly sha256: string };
  readonly prompt: Prompt;
  /** What the answer had to follow: the text of a JSON Schema or a grammar. */
  readonly constraint: { readonly kind: 'schema' | 'grammar'; readonly text: string } | null;
  readonly parameters: { readonly maxTokens: number; readonly temperature: number; readonly seed?: number | undefined };
  /** As far as it came. */
  readonly output: string;
  readonly promptTokens: number | null;
  readonly outputTokens: number | null;
  readonly ms: number;
  /** Error code where it failed or was stopped; null where it ended. */
  readonly reason: string | null;
};

/** The action of the leaf that every call leaves. */
export const callAction = 'model.call';

type Deps = {
  readonly db: WritableDb;
  readonly act: (actor: Actor, action: string) => Act;
  /** By policy: are the texts themselves kept? */
  readonly keepsTexts: () => boolean;
};

/**
 * The record of every call of a model: a leaf with hashes, and beside it, in a row that goes with its case, documents and
 * conversation, the salt of the hashes and by policy the texts. Without the salt a hash says nothing, not even to who
 * guesses the text; so what is deleted leaves nothing behind that could confirm it.
 */
export class ModelCalls {
  readonly #deps: Deps;
  readonly #rows: ModelCallRows;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#rows = new ModelCallRows(deps.db);
  }

  /** @throws where the leaf cannot be written: the answer must not be used then */
  record(origin: CallOrigin, call: EndedCall): void {
    const { actor, caseId, subject, conversationId = null, documents, place } = origin;
    const { model, parameters, constraint, promptTokens, outputTokens, reason } = call;
    const salt = randomBytes(32);
    const prompt = promptText(call);
    const { seed, ...rest } = parameters;
    const id = randomUUID();
    const details = {
      ...place,
      call: id,
      model: model.name,
      modelId: model.id,
      modelSha256: model.sha256,
      parameters: { ...rest, ...(seed === undefined ? {} : { seed }), constraint: constraint?.kind ?? null },
      promptHash: saltedHash(salt, prompt),
      outputHash: saltedHash(salt, call.output),
      promptTokens,
      outputTokens,
      ms: Math.round(call.ms),
      documents: [...documents],
    };
    const outcome = reason === null || reason === 'request/cancelled' ? 'done' : 'failed';
    this.#deps.act(actor, callAction).commit({ subject, caseId, outcome, reason, details }, () => {
      const texts = this.#deps.keepsTexts() ? { prompt, output: call.output } : { prompt: null, output: null };
      this.#rows.add({ id, caseId, conversationId, salt, ...texts }, documents);
    });
  }

  /** What is kept of calls goes with the text of their leaves. Inside the transaction in which they lose it. */
  forget(leaves: readonly { readonly canonical: string }[]): void {
    const calls = leaves.map(({ canonical }) => parseLeaf(canonical)).filter(({ action }) => action === callAction);
    this.#rows.remove(calls.map(({ details }) => String(details['call'])));
  }
}

/** SHA-256(salt ‖ text), in hexadecimal. */
export function saltedHash(salt: Uint8Array, text: string): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}

/** What is hashed and kept of what goes in: prompt and constraint, as canonical JSON. */
function promptText({ prompt, constraint }: EndedCall): string {
  const turns: Json[] =
    prompt.kind === 'chat' ? prompt.turns.map(({ role, text }) => ({ role, text })) : [{ role: 'raw', text: prompt.text }];
  return canonicalJson({ prompt: turns.map(wellFormed), constraint: constraint && wellFormed(constraint.text) });
}

/** Text of documents may hold half a surrogate pair, which has no place in JSON that everybody reads alike. */
function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wellFormed(member)]));
}
