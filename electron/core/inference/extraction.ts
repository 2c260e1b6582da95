import type { Json } from '../contract/base.ts';
import type { Model } from '../contract/models.ts';
import type { GenerateResult } from './engine.protocol.ts';
import { extractionPrompt, fieldsOf, type ExtractionPrompt } from './extraction-prompt.ts';
import type { Generated } from './inference.service.ts';

export type Extraction = Pick<GenerateResult, 'promptTokens' | 'outputTokens' | 'durationMs'> & {
  /** Every property of the schema; null where nothing was found. */
  readonly values: Readonly<Record<string, Json>>;
  readonly model: Generated['model'];
  /** Prompts as sent and answers as they came, one per part of the text. */
  readonly calls: readonly { readonly prompt: ExtractionPrompt; readonly answer: string }[];
  /** An answer ended at its token limit, so that its values could not be used. */
  readonly incomplete: boolean;
};

export type ExtractionTask = {
  readonly model: { readonly label: Model['label'] };
  readonly schema: Json;
  readonly text: string;
  /** Tokens that prompt and answer may have together. */
  readonly contextSize: number;
  countTokens(text: string): Promise<number>;
  generate(prompt: ExtractionPrompt): Promise<Generated>;
};

/** Tokens that a chat template may add to what is counted. */
const templateReserve = 48;
const mostParts = 64;

/** Extracts from each part of the text in order until every field has a value; the first value found for a field stays. */
export async function extractInParts(task: ExtractionTask): Promise<Extraction> {
  const names = fieldsOf(task.schema).map(({ name }) => name);
  const values: Record<string, Json> = Object.fromEntries(names.map((name) => [name, null]));
  const calls: { prompt: ExtractionPrompt; answer: string }[] = [];
  const total = { promptTokens: 0, outputTokens: 0, durationMs: 0 };
  let incomplete = false;
  let model: Generated['model'] | null = null;
  for (const part of await partsOf(task)) {
    const prompt = extractionPrompt(task.model, task.schema, part);
    const result = await task.generate(prompt);
    model = result.model;
    calls.push({ prompt, answer: result.text });
    total.promptTokens += result.promptTokens;
    total.outputTokens += result.outputTokens;
    total.durationMs += result.durationMs;
    const found = parse(result.text);
    incomplete ||= found === null;
    for (const name of names) values[name] ??= found?.[name] ?? null;
    if (names.every((name) => values[name] !== null)) break;
  }
  return { values, model: model ?? { id: '', name: '', sha256: '' }, calls, incomplete, ...total };
}

/** Cuts the text at line ends into parts that fit beside the instructions and the answer; neighbours share a line or two. */
async function partsOf(task: ExtractionTask): Promise<string[]> {
  const { schema, text, contextSize, countTokens } = task;
  const empty = extractionPrompt(task.model, schema, '');
  const frame = await countTokens(empty.prompt.kind === 'raw' ? empty.prompt.text : empty.prompt.turns.map((turn) => turn.text).join('\n'));
  const room = contextSize - frame - empty.maxTokens - (empty.prompt.kind === 'chat' ? templateReserve : 2);
  const whole = await countTokens(text);
  if (whole <= room) return [text];
  // Tokens per character differ within a text, so parts are planned a fifth smaller than the average allows and checked.
  const size = Math.max(40, Math.floor(((text.length / whole) * Math.max(16, room) * 4) / 5));
  const parts: string[] = [];
  for (let at = 0; at < text.length && parts.length < mostParts;) {
    let part = cut(text, at, size);
    while (part.length > 16 && (await countTokens(part)) > room) part = cut(text, at, Math.floor(part.length * 0.7));
    parts.push(part);
    if (at + part.length >= text.length) break;
    at += Math.max(1, part.length - overlap(part));
  }
  return parts;
}

/** `text` from `at`, about `size` long, ending at a line end or at least a space where there is one in its second half. */
function cut(text: string, at: number, size: number): string {
  if (at + size >= text.length) return text.slice(at);
  const piece = text.slice(at, at + size);
  for (const end of ['\n', ' ']) {
    const last = piece.lastIndexOf(end);
    if (last > size / 2) return piece.slice(0, last + 1);
  }
  return piece;
}

/** Length of the last lines of a part, at most a fifth of it. */
function overlap(part: string): number {
  const from = part.indexOf('\n', Math.floor(part.length * 0.8));
  return from < 0 ? 0 : part.length - from - 1;
}

function parse(answer: string): Readonly<Record<string, Json>> | null {
  try {
    const value: unknown = JSON.parse(answer);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null;
  } catch {
    return null;
  }
}
