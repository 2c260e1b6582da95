import { z } from 'zod';
import { modelCall, type ModelCallView } from '../../contract/audit-records.ts';
import { notFound } from '../../cases/no-access.ts';
import type { Scope } from '../../cases/scope.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Act } from '../act.ts';
import { parseLeaf, type LeafContent } from '../leaf.ts';
import { ModelCallRows, type ModelCallRow } from './model-call-rows.ts';
import { callAction, saltedHash } from './model-calls.ts';

const details = z.object({
  call: z.string(),
  model: z.string(),
  modelSha256: modelCall.shape.modelSha256,
  parameters: modelCall.shape.parameters,
  promptHash: modelCall.shape.promptHash,
  outputHash: modelCall.shape.outputHash,
});
const keptPrompt = z.object({
  prompt: modelCall.shape.texts.unwrap().shape.prompt,
  constraint: z.string().nullable(),
});

/**
 * A model call with what went in and came out, which is content: only for members of its case, and of a conversation
 * only for the person whose it is and who leads the case. That it was looked at leaves a leaf.
 */
export class ReadModelCall {
  readonly #db: WritableDb;
  readonly #rows: ModelCallRows;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#rows = new ModelCallRows(db);
  }

  /** @throws AppError `request/not-found` */
  read(act: Act, scope: Scope, sequence: number): ModelCallView {
    const leaf = this.#leaf(sequence);
    const { call, ...facts } = details.parse(leaf.details);
    const row = this.#rows.byId(call);
    this.#requireAccess(scope, leaf, row);
    const texts = row && textsOf(row, facts);
    const kept = texts ? 'texts' : row ? 'hashes' : 'erased';
    act.commit({ subject: leaf.subject, caseId: leaf.caseId, details: { sequence, call, kept } }, () => undefined);
    return { sequence, at: leaf.at, subject: leaf.subject, ...facts, kept, texts };
  }

  #leaf(sequence: number): LeafContent {
    const canonical: unknown = this.#db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = ?').pluck().get(sequence);
    const leaf = typeof canonical === 'string' ? parseLeaf(canonical) : null;
    if (leaf?.action === callAction) return leaf;
    // The same answer as for a call in a case of others: which entries are calls is theirs to know.
    throw notFound();
  }

  #requireAccess(scope: Scope, { caseId, actorId }: LeafContent, row: ModelCallRow | null): void {
    scope.require('read', row?.caseId ?? caseId);
    if (row?.conversationId && actorId !== scope.personId && !scope.can('lead', row.caseId)) throw notFound();
  }
}

function textsOf(row: ModelCallRow, { promptHash, outputHash }: { promptHash: string; outputHash: string }): ModelCallView['texts'] {
  const { salt, prompt, output } = row;
  if (prompt === null || output === null) return null;
  const fits = saltedHash(salt, prompt) === promptHash && saltedHash(salt, output) === outputHash;
  const parsed = keptPrompt.safeParse(readJson(prompt));
  return { ...(parsed.data ?? { prompt: [{ role: 'raw', text: prompt }], constraint: null }), output, fits };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
