import type { Llama, LlamaGrammar } from 'node-llama-cpp';
import type { GenerateParams } from '../../core/inference/engine.protocol.ts';
import { AppError } from '../../core/errors.ts';
import { textOf } from './llama.ts';

const largestGrammar = 4 * 2 ** 20;
/** The library ends its JSON grammars with blank lines as a stop sign for its own chat class; here the end of the value ends the answer. */
const stopSign = / "\\n\\n\\n\\n" \[\\n\]\*$/m;
/** An exponent makes values such as 7e999 possible, which are no numbers in JavaScript. */
const exponent = ' ([eE] [-+]? ("0" | [1-9] [0-9]{0,15}))?';

/** The grammar a request asks for, or null for free text. Fails with `inference/bad-schema`. */
export async function grammarOf(
  llama: Llama,
  { jsonSchema, grammar }: Pick<GenerateParams, 'jsonSchema' | 'grammar'>,
): Promise<LlamaGrammar | null> {
  try {
    if (grammar !== undefined) return await make(llama, grammar);
    if (jsonSchema === undefined) return null;
    const built = await llama.createGrammarForJsonSchema(jsonSchema as { type: 'object' });
    if (!stopSign.test(built.grammar)) throw new Error('the grammar has no end');
    return await make(llama, built.grammar.replace(stopSign, '').replaceAll(exponent, ''));
  } catch (error) {
    throw new AppError(
      'inference/bad-schema',
      `The output schema cannot be used: ${textOf(error)}. Simplify it; objects, lists, texts, numbers, enumerations and null are understood.`,
      {},
      { cause: error },
    );
  }
}

function make(llama: Llama, grammar: string): Promise<LlamaGrammar> {
  if (grammar.length > largestGrammar) throw new Error('the grammar is larger than 4 MiB');
  return llama.createGrammar({ grammar });
}
