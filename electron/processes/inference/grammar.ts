import type { Llama } from 'node-llama-cpp';
import type { GenerateParams } from '../../core/inference/engine.protocol.ts';
import type { Json } from '../../core/contract/base.ts';
import { AppError } from '../../core/errors.ts';
import { textOf } from './llama.ts';

const largestGrammar = 4 * 2 ** 20;
/** The library ends its JSON grammars with blank lines as a stop sign for its own chat class; here the end of the value ends the answer. */
const stopSign = / "\\n\\n\\n\\n" \[\\n\]\*$/m;
/** An exponent makes values such as 7e999 possible, which are no numbers in JavaScript. */
const exponent = ' ([eE] [-+]? ("0" | [1-9] [0-9]{0,15}))?';
/** Halves of surrogate pairs are no characters: they would make a text shorter than its schema asks for. */
const anyEscape = String.raw`"\\u" [0-9a-fA-F]{4}`;
const wholeEscape = String.raw`"\\u" ([0-9a-cefA-CEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2})`;

/** The grammar (GBNF) a request asks for, or null for free text. Fails with `inference/bad-schema`. */
export async function grammarOf(
  llama: Llama,
  { jsonSchema, grammar }: Pick<GenerateParams, 'jsonSchema' | 'grammar'>,
): Promise<string | null> {
  try {
    const gbnf = grammar ?? (jsonSchema === undefined ? null : await grammarOfSchema(llama, jsonSchema));
    if (gbnf !== null && gbnf.length > largestGrammar) throw new Error('the grammar is larger than 4 MiB');
    return gbnf;
  } catch (error) {
    throw badSchema(error);
  }
}

export function badSchema(cause: unknown): AppError {
  return new AppError(
    'inference/bad-schema',
    `The output schema cannot be used: ${textOf(cause)}. Simplify it; objects, lists, texts, numbers, enumerations and null are understood.`,
    {},
    { cause },
  );
}

async function grammarOfSchema(llama: Llama, schema: Json): Promise<string> {
  const { grammar } = await llama.createGrammarForJsonSchema(schema as { type: 'object' });
  if (!stopSign.test(grammar)) throw new Error('the grammar has no end');
  return grammar.replace(stopSign, '').replaceAll(exponent, '').replaceAll(anyEscape, wholeEscape);
}
