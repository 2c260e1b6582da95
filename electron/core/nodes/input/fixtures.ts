import type { NodeFixture } from '../fixtures.ts';

export const fixtures: readonly NodeFixture[] = [
  { name: 'hands on the document of the item', inputs: {}, outputs: { document: { documentId: 'document-1', name: 'letter.pdf' } } },
];
