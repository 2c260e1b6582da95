import { expect, test } from 'vitest';
import { z } from 'zod';
import { documentId, flowId, readDocumentId, resourceIds } from '../contract/base.ts';
import { procedures } from '../testing/procedures.ts';
import { compileIdPaths, findIds, parts } from './resource-ids.ts';

test('ids are found wherever a schema may carry them, and nothing else is', () => {
  const schema = z.object({
    plain: z.string(),
    id: documentId,
    attached: z.array(readDocumentId).max(3).default([]),
    nested: z.object({ flow: flowId.optional() }).nullable(),
    choice: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), id: flowId }), z.object({ kind: z.literal('b') })]),
    byName: z.record(z.string(), documentId),
    pair: z.tuple([z.string(), flowId]),
    piped: documentId.pipe(z.string().transform((id) => id.length)),
  });
  const found = findIds(compileIdPaths(schema), {
    plain: 'no',
    id: 'd1',
    attached: ['d2', 'd3', 7, null],
    nested: { flow: 'f1' },
    choice: { kind: 'a', id: 'f2' },
    byName: { x: 'd4', __proto__: { y: 'd9' } },
    pair: ['f3', 'f4'],
    piped: 'd5',
    more: { id: 'no' },
  });
  expect(found.map(({ id, resource, access }) => `${resource} ${id} ${access ?? ''}`.trim())).toEqual([
    'document d1',
    'document d2 read',
    'document d3 read',
    'flow f1',
    'flow f2',
    'document d4',
    // A tuple is looked at as a list: rather one text too many.
    'flow f3',
    'flow f4',
    'document d5',
  ]);
});

test('a value of another shape than the schema, however odd, gives no ids and no error', () => {
  const paths = compileIdPaths(z.object({ ids: z.array(documentId), at: z.object({ id: flowId }) }));
  for (const value of [undefined, null, 1, 'x', [], ['d'], { ids: 'd' }, { ids: { length: 3 } }, { at: null }, { at: [{ id: 'f' }] }])
    expect(findIds(paths, value).map(({ id }) => id)).toEqual([]);
});

test('an id that a value inherits is found, since a schema reads it too', () => {
  const schema = z.object({ id: documentId });
  const value: unknown = Object.create({ id: 'd1' });
  expect(schema.parse(value)).toEqual({ id: 'd1' });
  expect(findIds(compileIdPaths(schema), value)).toMatchObject([{ id: 'd1' }]);
});

/** A proof of deletion names what is not there any more. */
const unbranded: ReadonlySet<string> = new Set(['cases.remove output caseId']);
const named = /^(document|flow|run|conversation|report|case)(Id|Ids)$/;
const owned = /^(documents|flows|runs|chat|reports|cases)\./;

test('whatever looks like the id of something in a case is branded as one, in every input and output', () => {
  const missing: string[] = [];
  let branded = 0;
  for (const { name, input, output } of procedures()) {
    for (const [side, schema] of [['input', input] as const, ['output', output] as const]) {
      const visit = (part: z.core.$ZodType, path: readonly string[], above: readonly z.core.$ZodType[]): void => {
        if (above.includes(part)) return;
        const property = path.at(-1) ?? '';
        const inner = parts(part);
        const brand = resourceIds.get(part as z.ZodType);
        if (brand) branded += 1;
        const kind = named.exec(property)?.[1];
        const must = kind !== undefined || (side === 'input' && path.length === 1 && owned.test(name) && /^ids?$/.test(property));
        const wrong = must && inner.length === 0 && (!brand || (kind !== undefined && brand.resource !== kind));
        if (wrong && !unbranded.has(`${name} ${side} ${property}`)) missing.push(`${name} ${side} ${property}`);
        for (const { step, part: next } of inner) visit(next, step === null || step === '*' ? path : [...path, step], [...above, part]);
      };
      if (schema) visit(schema, [], []);
    }
  }
  expect(missing).toEqual([]);
  expect(branded).toBeGreaterThan(50);
});
