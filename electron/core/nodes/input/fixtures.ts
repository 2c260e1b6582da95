import type { NodeFixture } from '../fixtures.ts';

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  { name: 'hands on the document of the item', inputs: {}, outputs: { document: { documentId: 'document-1', name: 'letter.pdf' } } },
];
