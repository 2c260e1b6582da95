import type { NodeFixture } from '../fixtures.ts';

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  { name: 'what arrives is the result', inputs: { text: 'a', fields: { name: null } }, outputs: { text: 'a', fields: { name: null } } },
  { name: 'nothing arrives', inputs: {}, outputs: {} },
];
