import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, errorShape, id, query, timestamp } from './base.ts';

export const attachment = z.object({ documentId: id, name: z.string() });
export const message = z.object({
  id,
  role: z.enum(['user', 'assistant']),
  /** Markdown; untrusted when it comes from a model. */
  text: z.string(),
  state: z.enum(['complete', 'streaming', 'stopped', 'failed']),
  attachments: z.array(attachment),
  model: z.string().nullable(),
  /** Output tokens. */
  tokens: z.number().int().nullable(),
  durationMs: z.number().nullable(),
  error: errorShape.nullable(),
  createdAt: timestamp,
});
export type Message = z.infer<typeof message>;

export const conversationSummary = z.object({ id, title: z.string(), messageCount: z.number().int(), createdAt: timestamp, updatedAt: timestamp });
export type ConversationSummary = z.infer<typeof conversationSummary>;
export const conversation = conversationSummary.extend({ messages: z.array(message) });
export type Conversation = z.infer<typeof conversation>;

export const chatEvent = z.discriminatedUnion('type', [
  /** The stored question and the empty answer that follows. */
  z.object({ type: z.literal('started'), question: message, answer: message }),
  z.object({ type: z.literal('delta'), text: z.string() }),
  /** How much of the attached text fitted the model's context; sent before the first delta when something was cut. */
  z.object({ type: z.literal('notice'), code: z.enum(['attachment-cut', 'history-cut']), details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  z.object({ type: z.literal('finished'), answer: message }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;

export const chatContract = {
  list: query('chat.use').output(z.array(conversationSummary)),
  get: query('chat.use').input(z.object({ id })).output(conversation),
  create: command('chat.use', 'chat.create').input(z.object({ title: z.string().max(120).default('') })).output(conversationSummary),
  rename: command('chat.use', 'chat.rename').input(z.object({ id, title: z.string().trim().min(1).max(120) })).output(conversationSummary),
  remove: command('chat.use', 'chat.remove').input(z.object({ id })).output(z.object({ removed: z.literal(true) })),
  /** Asks; leaving the stream stops the model and keeps what was written. `modelId` absent: the default model. */
  send: command('chat.use', 'chat.send')
    .input(z.object({ conversationId: id, text: z.string().trim().min(1).max(100_000), documentIds: z.array(id).max(20).default([]), modelId: id.optional() }))
    .output(eventIterator(chatEvent)),
};
