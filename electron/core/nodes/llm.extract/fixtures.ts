import type { NodeFixture } from '../fixtures.ts';

const config = { fields: [{ name: 'name' }, { name: 'total', type: 'number' }] };
const info = { model: 'Tiny', incomplete: false, promptTokens: 20, outputTokens: 5, durationMs: 3 };

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  {
    name: 'gives the fields',
    inputs: { text: 'Name: Ada' },
    config,
    extracts: { name: 'Ada', total: null },
    outputs: { fields: { name: 'Ada', total: null }, info },
  },
  { name: 'fails without a model', inputs: { text: 'Name: Ada' }, config, fails: 'inference/no-model' },
  {
    name: 'is left out without a model where asked',
    inputs: { text: 'Name: Ada' },
    config: { ...config, onNoModel: 'skip' },
    skips: 'inference/no-model',
  },
  { name: 'needs a field', inputs: { text: '' }, config: { fields: [] }, fails: 'flows/bad-config' },
];
