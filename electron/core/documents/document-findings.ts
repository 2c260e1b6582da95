import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentFinding } from '../contract/documents.ts';
import { maskValue } from '../masking/mask.ts';
import { scan } from '../masking/scan.ts';
import type { DocumentsRepository } from './documents.repository.ts';
import { wordsInRange } from './page-text.ts';

/** Pages fetched from the database at once. */
const pageBatch = 50;

/** Personal data on the pages of a document read so far, each with the boxes of the words it touches. */
export async function findPersonalData(repository: DocumentsRepository, id: string): Promise<DocumentFinding[]> {
  const found: DocumentFinding[] = [];
  for (let after = 0; ;) {
    const pages = repository.pages(id, after, pageBatch);
    for (const page of pages) {
      for (const finding of scan(page.text)) {
        const boxes = wordsInRange(page, finding.start, finding.end).map((word) => word.box);
        found.push({ page: page.number, ...finding, masked: maskValue(finding), boxes });
      }
    }
    if (pages.length < pageBatch) return found;
    after = pages.at(-1)?.number ?? after;
    await nextTurn();
  }
}
