import { z } from 'zod';
import type { Json } from '../../contract/base.ts';
import { AppError } from '../../errors.ts';

/** `path` is dotted, `$` for the whole value. The message never quotes the value. */
export type JsonProblem = { readonly path: string; readonly message: string };

/**
 * Checks `value` against a JSON Schema (draft 2020-12, as far as zod reads it) without generating code.
 * @throws AppError `flows/bad-schema` for a schema that is not understood
 */
export function checkJson(schema: Readonly<Record<string, Json>>, value: Json): JsonProblem[] {
  const outcome = compile(schema).safeParse(value);
  return outcome.success
    ? []
    : outcome.error.issues.slice(0, 100).map((issue) => ({ path: ['$', ...issue.path].join('.'), message: issue.message }));
}

function compile(schema: Readonly<Record<string, Json>>): z.ZodType {
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new AppError('flows/bad-schema', `The JSON Schema of this step is not understood: ${reason}. Correct it in the flow editor.`, {
      reason,
    });
  }
}
