import type { NodeFixture } from '../fixtures.ts';

const document = { documentId: 'document-1', name: 'letter.pdf' };
const info = { name: 'letter.pdf', kind: 'pdf', pages: 2, pagesUsed: 2, ocrPages: 0 };

/** @public Loaded by name in the conformance test. */
export const fixtures: readonly NodeFixture[] = [
  { name: 'joins the pages', inputs: { document }, pages: ['one', '二'], outputs: { text: 'one\n\n二', info } },
  {
    name: 'reads as many pages as asked',
    inputs: { document },
    config: { maxPages: 1 },
    pages: ['one', '二'],
    outputs: { text: 'one', info: { ...info, pagesUsed: 1 } },
  },
  { name: 'gives the reason of a document that cannot be read', inputs: { document }, fails: 'documents/encrypted' },
  { name: 'refuses what is no document', inputs: { document: 'letter.pdf' }, fails: 'flows/wrong-value' },
];
