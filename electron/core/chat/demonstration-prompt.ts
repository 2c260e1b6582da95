import type { ChatNotice } from '../contract/chat.ts';
import { fitDocuments, type AttachedDocument } from './attached-text.ts';
import type { ComposedPrompt } from './compose-prompt.ts';
import { fitText, type CountTokens } from './fit-text.ts';

/** Asked for where the question names no fields; the notice tells. */
const usualFields = ['name', 'date', 'number', 'amount'];
const answerTokens = 128;
/** BOS and the separators of the form. */
const formTokens = 16;

/**
 * The embedded demonstration model holds no conversation: it was trained to complete one form, `Fields: …`, a text and then JSON.
 * So the question is read as a list of field names, and the attached text (or, without one, the question itself) as the text.
 */
export async function composeDemonstration(parts: {
  question: string;
  documents: readonly AttachedDocument[];
  contextSize: number;
  count: CountTokens;
}): Promise<ComposedPrompt> {
  const { question, documents, contextSize, count } = parts;
  const named = namedFields(question);
  const fields = (named.length > 0 ? named : usualFields).join(', ');
  const room = contextSize - answerTokens - formTokens - (await count(fields));
  const fitted = await fitDocuments(documents, room, 1, count);
  const fromDocuments = fitted.documents.length > 0;
  const source = fromDocuments ? fitted.documents.map(({ text }) => text).join('\n') : (await fitText(question, room, count)).text;
  const notice: ChatNotice = { code: 'demonstration-model', details: { fields, source: fromDocuments ? 'attachments' : 'message' } };
  return {
    prompt: { kind: 'raw', text: `Fields: ${fields}\n---\n${source}\n---\n` },
    maxTokens: answerTokens,
    notices: [notice, ...fitted.notices],
  };
}

/** Field names of a question such as `invoice_id, client, due date`; none when it does not read as such a list. */
function namedFields(question: string): string[] {
  const parts = question
    .replace(/^\s*(?:fields|字段)\s*[:：]/iu, '')
    .split(/[,，、;；\n]/u)
    .map((part) => part.trim().replace(/[.。?？]$/u, ''))
    .filter((part) => part !== '');
  const list = parts.length <= 12 && parts.every((part) => part.length <= 32 && part.split(/\s+/).length <= 3);
  return list ? parts.map((part) => part.replace(/\s+/g, '_')) : [];
}
