import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { caseId, command, conversationId, documentId, errorShape, id, query, readDocumentId, timestamp } from './base.ts';
import { modelLabel } from './models.ts';

export const attachment = z.object({ documentId, name: z.string() });

/**
 * Something about an answer that its reader must know.
 * `attachment-cut`: only the beginning of a document fitted the model's context: `name`, `characters` of `ofCharacters`, `pages` of `ofPages`.
 * `attachment-missing`: `name` was removed from the vault since; `attachment-empty`: no text was found in `name`.
 * `history-cut`: the oldest `messages` messages of the conversation did not fit. `answer-cut`: the answer ended at its limit of `tokens`.
 * `demonstration-model`: the model cannot converse; it was asked to copy `fields` out of `source` (`attachments` or `message`).
 * `no-chat-template`: the model was not made for conversations, so its answers may be poor.
 */
export const chatNotice = z.object({
  code: z.enum([
    'attachment-cut',
    'attachment-missing',
    'attachment-empty',
    'history-cut',
    'answer-cut',
    'demonstration-model',
    'no-chat-template',
  ]),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ChatNotice = z.infer<typeof chatNotice>;

export const message = z.object({
  id,
  role: z.enum(['user', 'assistant']),
  /** Untrusted when it comes from a model. */
  text: z.string(),
  /** `plain` where a raw completion wrote it: it is not Markdown. */
  format: z.enum(['markdown', 'plain']),
  /** `stopped`: the person stopped it; `failed`: see `error`. Either way `text` is what had arrived. */
  state: z.enum(['complete', 'streaming', 'stopped', 'failed']),
  attachments: z.array(attachment),
  notices: z.array(chatNotice),
  model: z.string().nullable(),
  modelLabel: modelLabel.nullable(),
  /** Output tokens. */
  tokens: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  error: errorShape.nullable(),
  createdAt: timestamp,
});
export type Message = z.infer<typeof message>;

export const conversationSummary = z.object({
  id: conversationId,
  caseId,
  /** Empty until the first question, which names it. */
  title: z.string(),
  messageCount: z.number().int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type ConversationSummary = z.infer<typeof conversationSummary>;
export const conversation = conversationSummary.extend({ messages: z.array(message) });
export type Conversation = z.infer<typeof conversation>;

export const chatEvent = z.discriminatedUnion('type', [
  /** The stored question and the empty answer that follows. */
  z.object({ type: z.literal('started'), question: message, answer: message }),
  /** More text; at most about sixty a second. */
  z.object({ type: z.literal('delta'), text: z.string() }),
  /** Before the first delta, but for `answer-cut`; the stored answer holds them too. */
  z.object({ type: z.literal('notice'), notice: chatNotice }),
  /** The stored answer, whatever its state; nothing follows. */
  z.object({ type: z.literal('finished'), answer: message }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;

/** A person sees, and may name, only their own conversations; any other id fails with `chat/not-found`. */
export const chatContract = {
  /** Newest activity first. */
  list: query('chat.use')
    .input(z.object({ caseId: caseId.optional() }).default({}))
    .output(z.array(conversationSummary)),
  get: query('chat.use', { content: true })
    .input(z.object({ id: conversationId }))
    .output(conversation),
  create: command('chat.use', 'chat.create')
    .input(z.object({ caseId: caseId.optional(), title: z.string().max(120).default('') }))
    .output(conversationSummary),
  rename: command('chat.use', 'chat.rename')
    .input(z.object({ id: conversationId, title: z.string().trim().min(1).max(120) }))
    .output(conversationSummary),
  remove: command('chat.use', 'chat.remove')
    .input(z.object({ id: conversationId }))
    .output(z.object({ removed: z.literal(true) })),
  /**
   * Asks; leaving the stream stops the model and keeps what was written. `modelId` absent: the default model.
   * Fails before anything is stored with `inference/no-model`, `chat/busy`, `chat/document-not-ready` or `chat/not-found`;
   * later failures end the stream with a `failed` answer.
   */
  send: command('chat.use', 'chat.send')
    .input(
      z.object({
        conversationId,
        text: z.string().trim().min(1).max(100_000),
        documentIds: z.array(readDocumentId).max(20).default([]),
        modelId: id.optional(),
      }),
    )
    .output(eventIterator(chatEvent)),
  /** Asks the last question again; the answer that was there is replaced. Events and failures as of `send`. */
  regenerate: command('chat.use', 'chat.regenerate')
    .input(z.object({ conversationId, modelId: id.optional() }))
    .output(eventIterator(chatEvent)),
};
