import type { ChatNotice } from '../contract/chat.ts';
import type { DocumentPage } from '../contract/documents.ts';
import { fitText, shareOut, type CountTokens } from './fit-text.ts';

/** A document as the prompt needs it; `pages` is null once it was removed from the vault. */
export type AttachedDocument = { readonly name: string; readonly pages: readonly Pick<DocumentPage, 'number' | 'text'>[] | null };

/** A document whose text is known, with the offset at which each page ends. */
type Readable = { readonly name: string; readonly text: string; readonly pageEnds: readonly number[] };

/** The part of a document that goes into a prompt. */
export type FittedDocument = { readonly name: string; readonly text: string };

function readable({ name, pages }: AttachedDocument): Readable {
  let text = '';
  const pageEnds: number[] = [];
  for (const page of pages ?? []) {
    text += `${text === '' ? '' : '\n\n'}${page.text.trim()}`;
    pageEnds.push(text.length);
  }
  return { name, text, pageEnds };
}

/**
 * Fits the text of documents into `budget` tokens: each in full where all fit, else every one from its beginning, in fair shares.
 * `perDocument`: tokens that naming a document costs.
 */
export async function fitDocuments(
  documents: readonly AttachedDocument[],
  budget: number,
  perDocument: number,
  count: CountTokens,
): Promise<{ documents: FittedDocument[]; notices: ChatNotice[]; tokens: number }> {
  const notices: ChatNotice[] = [];
  const present: Readable[] = [];
  for (const document of documents) {
    const entry = readable(document);
    if (document.pages === null) notices.push({ code: 'attachment-missing', details: { name: document.name } });
    else if (entry.text.trim() === '') notices.push({ code: 'attachment-empty', details: { name: document.name } });
    else present.push(entry);
  }
  const whole = await Promise.all(present.map(({ text }) => fitText(text, Math.max(0, budget), count)));
  const needs = whole.map(({ text, tokens }, index) => (text.length < (present[index]?.text.length ?? 0) ? budget : tokens) + perDocument);
  const shares = shareOut(budget, needs);
  const fitted: FittedDocument[] = [];
  let tokens = 0;
  for (const [index, { name, text, pageEnds }] of present.entries()) {
    const share = (shares[index] ?? 0) - perDocument;
    const part = await fitText(text, share, count);
    if (part.text !== '') {
      fitted.push({ name, text: part.text });
      tokens += part.tokens + perDocument;
    }
    if (part.text.length < text.length) notices.push(cutNotice(name, part.text.length, text.length, pageEnds));
  }
  return { documents: fitted, notices, tokens };
}

function cutNotice(name: string, characters: number, ofCharacters: number, pageEnds: readonly number[]): ChatNotice {
  const whole = pageEnds.filter((end) => end <= characters).length;
  const begun = characters > (pageEnds[whole - 1] ?? 0) ? 1 : 0;
  return {
    code: 'attachment-cut',
    details: { name, characters, ofCharacters, pages: Math.min(whole + begun, pageEnds.length), ofPages: pageEnds.length },
  };
}
