import type { NodeFixture } from '../fixtures.ts';

const schema = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 1 }, total: { type: 'number', minimum: 0 }, kind: { enum: ['a', 'b'] } },
  required: ['name'],
};
const good = { name: 'Ada', total: 3, kind: 'a' };
const bad = { name: null, total: -1, kind: 'c' };

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  {
    name: 'passes what fits',
    inputs: { json: good },
    config: { schema },
    outputs: { json: good, problems: { valid: true, problems: [] } },
  },
  {
    name: 'reports what does not fit and hands the data on',
    inputs: { json: bad },
    config: { schema },
    outputs: {
      json: bad,
      problems: (value) =>
        JSON.stringify(value).includes('"valid":false') &&
        ['$.name', '$.total', '$.kind'].every((path) => JSON.stringify(value).includes(path)),
    },
  },
  { name: 'fails where asked', inputs: { json: bad }, config: { schema, onInvalid: 'fail' }, fails: 'flows/invalid-data' },
  {
    name: 'refuses a schema it does not understand',
    inputs: { json: {} },
    config: { schema: { type: 'nonsense' } },
    fails: 'flows/bad-schema',
  },
];
