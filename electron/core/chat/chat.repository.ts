import { z } from 'zod';
import { chatNotice, conversationSummary, message, type ConversationSummary, type Message } from '../contract/chat.ts';
import { errorShape } from '../contract/base.ts';
import type { WritableDb } from '../vault/database.ts';
import { necessarily } from '../vault/space/room.ts';

const summaryRow = z
  .object({
    id: z.string(),
    case_id: z.string(),
    title: z.string(),
    message_count: z.number(),
    created_at: z.number(),
    updated_at: z.number(),
  })
  .transform((r): ConversationSummary =>
    conversationSummary.parse({
      id: r.id,
      caseId: r.case_id,
      title: r.title,
      messageCount: r.message_count,
      createdAt: r.created_at,
      updatedAt: r.updated_at,
    }),
  );

const attachmentRow = z.object({ message_id: z.string(), document_id: z.string(), name: z.string() });

const messageRow = z.object({
  id: z.string(),
  role: message.shape.role,
  state: message.shape.state,
  format: message.shape.format,
  text: z.string(),
  model: z.string().nullable(),
  model_label: message.shape.modelLabel,
  tokens: z.number().nullable(),
  duration_ms: z.number().nullable(),
  error: z.string().nullable(),
  notices: z.string(),
  created_at: z.number(),
});

const summaryColumns = `id, case_id, title, created_at, updated_at,
  (SELECT count(*) FROM messages WHERE conversation_id = conversations.id) AS message_count`;

export class ChatRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Runs what stores the end of something that began: on a full disk too. */
  necessarily<T>(work: () => T): T {
    return necessarily(this.#db, work);
  }

  /** Those of the cases, the newest activity first. */
  list(personId: string, caseIds: readonly string[]): ConversationSummary[] {
    const sql = `SELECT ${summaryColumns} FROM conversations
      WHERE person_id = ? AND case_id IN (SELECT value FROM json_each(?)) ORDER BY updated_at DESC, id`;
    return this.#db
      .prepare(sql)
      .all(personId, JSON.stringify(caseIds))
      .map((row) => summaryRow.parse(row));
  }

  /** Another person's conversation is as absent as one that never was. */
  find(personId: string, id: string): ConversationSummary | null {
    const row = this.#db.prepare(`SELECT ${summaryColumns} FROM conversations WHERE id = ? AND person_id = ?`).get(id, personId);
    return row === undefined ? null : summaryRow.parse(row);
  }

  /** Of everybody. */
  idsOf(caseId: string): string[] {
    return z.array(z.string()).parse(this.#db.prepare('SELECT id FROM conversations WHERE case_id = ?').pluck().all(caseId));
  }

  add(personId: string, { id, caseId, title, createdAt, updatedAt }: ConversationSummary): void {
    this.#db
      .prepare('INSERT INTO conversations (id, case_id, person_id, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, caseId, personId, title, createdAt, updatedAt);
  }

  rename(id: string, title: string): void {
    this.#db.prepare('UPDATE conversations SET title = ? WHERE id = ?').run(title, id);
  }

  remove(id: string): void {
    this.#db.prepare('DELETE FROM conversations WHERE id = ?').run(id);
  }

  /** Oldest first. */
  messages(conversationId: string): Message[] {
    const attachments = Map.groupBy(
      this.#db
        .prepare(
          `SELECT message_id, document_id, name FROM message_attachments
           WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?) ORDER BY message_id, position`,
        )
        .all(conversationId)
        .map((row) => attachmentRow.parse(row)),
      (row) => row.message_id,
    );
    return this.#db
      .prepare('SELECT * FROM messages WHERE conversation_id = ? ORDER BY position')
      .all(conversationId)
      .map((row) => toMessage(messageRow.parse(row), attachments));
  }

  /** Appends a message and moves the conversation to the top of the list. */
  addMessage(conversationId: string, added: Message): void {
    this.#db
      .prepare(
        `INSERT INTO messages (id, conversation_id, position, role, state, format, text, model, model_label, notices, created_at)
         VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM messages WHERE conversation_id = ?), ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        added.id,
        conversationId,
        conversationId,
        added.role,
        added.state,
        added.format,
        added.text,
        added.model,
        added.modelLabel,
        JSON.stringify(added.notices),
        added.createdAt,
      );
    const attach = this.#db.prepare('INSERT INTO message_attachments (message_id, position, document_id, name) VALUES (?, ?, ?, ?)');
    for (const [position, { documentId, name }] of added.attachments.entries()) attach.run(added.id, position, documentId, name);
    this.#db.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?').run(added.createdAt, conversationId);
  }

  /** Keeps what has arrived so far, in case the process ends before the answer does. */
  savePartial(id: string, text: string): void {
    this.#db.prepare("UPDATE messages SET text = ? WHERE id = ? AND state = 'streaming'").run(text, id);
  }

  /** Stores how an answer ended. Does nothing when its conversation is gone. */
  finish(answer: Message): void {
    this.#db
      .prepare('UPDATE messages SET state = ?, text = ?, tokens = ?, duration_ms = ?, error = ?, notices = ? WHERE id = ?')
      .run(
        answer.state,
        answer.text,
        answer.tokens,
        answer.durationMs,
        answer.error && JSON.stringify(answer.error),
        JSON.stringify(answer.notices),
        answer.id,
      );
  }

  removeMessage(id: string): void {
    this.#db.prepare('DELETE FROM messages WHERE id = ?').run(id);
  }

  countStreaming(): number {
    return Number(this.#db.prepare("SELECT count(*) FROM messages WHERE state = 'streaming'").pluck().get());
  }

  /** Ends every answer that is still marked as being written. */
  failStreaming(error: z.infer<typeof errorShape>): void {
    this.#db.prepare("UPDATE messages SET state = 'failed', error = ? WHERE state = 'streaming'").run(JSON.stringify(error));
  }
}

function toMessage(row: z.infer<typeof messageRow>, attachments: Map<string, z.infer<typeof attachmentRow>[]>): Message {
  return {
    id: row.id,
    role: row.role,
    text: row.text,
    format: row.format,
    state: row.state,
    attachments: (attachments.get(row.id) ?? []).map(({ document_id, name }) => ({ documentId: document_id, name })),
    notices: z.array(chatNotice).parse(JSON.parse(row.notices)),
    model: row.model,
    modelLabel: row.model_label,
    tokens: row.tokens,
    durationMs: row.duration_ms,
    error: row.error === null ? null : errorShape.parse(JSON.parse(row.error)),
    createdAt: row.created_at,
  };
}
