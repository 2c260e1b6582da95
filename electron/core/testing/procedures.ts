import { getEventIteratorSchemaDetails } from '@orpc/contract';
import type { z } from 'zod';
import { contract, type ProcedureMeta } from '../contract/index.ts';

type Schema = z.core.$ZodType;
export type AnyProcedure = {
  /** For example `documents.get`. */
  readonly name: string;
  readonly meta: ProcedureMeta;
  readonly input: Schema | null;
  /** Of one event, for a stream. */
  readonly output: Schema | null;
  readonly streams: boolean;
};

type Definition = { readonly meta: ProcedureMeta; readonly inputSchema?: unknown; readonly outputSchema?: unknown };

/** Every procedure of the contract. */
export function procedures(): AnyProcedure[] {
  const areas = Object.entries(contract) as [string, Record<string, { '~orpc': unknown }>][];
  return areas.flatMap(([area, calls]) =>
    Object.entries(calls).map(([call, procedure]) => {
      const { meta, inputSchema, outputSchema } = procedure['~orpc'] as Definition;
      const stream = getEventIteratorSchemaDetails(outputSchema as never);
      return {
        name: `${area}.${call}`,
        meta,
        input: schemaOf(inputSchema),
        output: schemaOf(stream ? stream.yields : outputSchema),
        streams: stream !== undefined,
      };
    }),
  );
}

function schemaOf(value: unknown): Schema | null {
  return typeof value === 'object' && value !== null && '_zod' in value ? (value as Schema) : null;
}
