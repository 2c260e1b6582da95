import type { NodeFixture } from '../fixtures.ts';

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  {
    name: 'stores one record',
    inputs: { text: 'a', fields: { name: 'Ada' } },
    config: { collection: 'letters' },
    outputs: { record: (value) => /"collection":"letters"/.test(JSON.stringify(value)) && /"archivedAt":\d+/.test(JSON.stringify(value)) },
  },
  { name: 'needs a collection', inputs: { text: 'a' }, config: { collection: ' ' }, fails: 'flows/bad-config' },
];
