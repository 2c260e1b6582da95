import { randomUUID } from 'node:crypto';
import type { Act, SystemActs } from '../audit/act.ts';
import type { ChatEvent, Conversation, ConversationSummary, Message } from '../contract/chat.ts';
import type { Model } from '../contract/models.ts';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { emptyWriteAheadLog } from '../vault/write-ahead-log.ts';
import { Answering, type AnswerTask } from './answering.ts';
import type { AttachedDocument } from './attached-text.ts';
import { ChatRepository } from './chat.repository.ts';
import { ChatEventQueue } from './event-queue.ts';
import type { ChatDocuments, ChatInference, ChatModels } from './ports.ts';

const longestTitle = 60;

export type ChatServiceDeps = {
  readonly db: WritableDb;
  readonly models: ChatModels;
  readonly inference: ChatInference;
  readonly documents: ChatDocuments;
  readonly systemAct: SystemActs;
  /** Throws where nothing of these cases may be deleted. */
  readonly refuseHeld: (caseIds: Iterable<string>) => void;
};

export type Question = { conversationId: string; text: string; documentIds: readonly string[]; modelId?: string | undefined };

/** Conversations of persons with models. Everyone sees and changes only their own. */
export class ChatService {
  readonly #deps: ChatServiceDeps;
  readonly #repository: ChatRepository;
  /** Conversations in which an answer is being written. */
  readonly #running = new Map<string, { stop(): void; done: Promise<void> }>();

  constructor(deps: ChatServiceDeps) {
    this.#deps = deps;
    this.#repository = new ChatRepository(deps.db);
  }

  list(personId: string, caseIds: readonly string[]): ConversationSummary[] {
    return this.#repository.list(personId, caseIds);
  }

  /** @throws AppError `chat/not-found` */
  get(personId: string, id: string): Conversation {
    return { ...this.#own(personId, id), messages: this.#repository.messages(id) };
  }

  create(act: Act, personId: string, caseId: string, title: string): ConversationSummary {
    const now = Date.now();
    const created = { id: randomUUID(), caseId, title: title.trim(), messageCount: 0, createdAt: now, updatedAt: now };
    return act.commit({ subject: created.id, caseId }, () => (this.#repository.add(personId, created), created));
  }

  rename(act: Act, personId: string, id: string, title: string): ConversationSummary {
    this.#own(personId, id);
    act.commit({ subject: id }, () => this.#repository.rename(id, title));
    return this.#own(personId, id);
  }

  /** Stops an answer that is being written, then removes the conversation with all its messages. @throws AppError `cases/legal-hold` */
  async remove(act: Act, personId: string, id: string): Promise<void> {
    const { messageCount, caseId } = this.#own(personId, id);
    this.#deps.refuseHeld([caseId]);
    await this.#stop(id);
    act.commit({ subject: id, details: { messages: messageCount } }, () => {
      this.#deps.refuseHeld([caseId]);
      this.#repository.remove(id);
    });
    emptyWriteAheadLog(this.#deps.db);
  }

  /** Stops every answer that is being written in a case; resolves when they are stored. */
  async stopCase(caseId: string): Promise<void> {
    await Promise.all(this.#repository.idsOf(caseId).map((id) => this.#stop(id)));
  }

  /**
   * Stores the question and streams the answer; leaving the stream, or `signal`, stops the model.
   * @throws AppError `chat/not-found`, `chat/busy`, `chat/document-not-ready`, `chat/other-case`, `inference/no-model` before anything is stored
   */
  async *send(act: Act, personId: string, asked: Question, signal?: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    const model = await this.#model(asked.modelId);
    const conversation = this.#idle(personId, asked.conversationId);
    const attachments = asked.documentIds.map((id) => this.#attachable(conversation.caseId, id));
    const history = this.#repository.messages(conversation.id);
    const question = { ...emptyMessage('user'), text: asked.text, attachments };
    const answer = emptyAnswer(model);
    const details = {
      stage: 'question',
      conversation: conversation.id,
      documents: attachments.length,
      modelSha256: model.sha256,
    };
    act.commit({ subject: question.id, details }, () => {
      if (conversation.title === '') this.#repository.rename(conversation.id, titleOf(asked.text));
      this.#repository.addMessage(conversation.id, question);
      this.#repository.addMessage(conversation.id, answer);
    });
    yield* this.#answer(
      {
        act,
        conversationId: conversation.id,
        caseId: conversation.caseId,
        model,
        history,
        question,
        answer,
        documents: this.#documentsOf([...history, question]),
      },
      signal,
    );
  }

  /** Replaces the last answer by a new one. @throws AppError as `send`, and `chat/nothing-to-regenerate` */
  async *regenerate(
    act: Act,
    personId: string,
    conversationId: string,
    modelId?: string,
    signal?: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, void> {
    const model = await this.#model(modelId);
    const { caseId } = this.#idle(personId, conversationId);
    const messages = this.#repository.messages(conversationId);
    const question = messages.findLast(({ role }) => role === 'user');
    if (!question) throw new AppError('chat/nothing-to-regenerate', 'This conversation has no question yet. Ask one first.');
    const at = messages.indexOf(question);
    const replaced = messages.slice(at + 1);
    const answer = emptyAnswer(model);
    const details = { stage: 'question', conversation: conversationId, replaced: replaced.map(({ id }) => id), modelSha256: model.sha256 };
    act.commit({ subject: question.id, details }, () => {
      for (const { id } of replaced) this.#repository.removeMessage(id);
      this.#repository.addMessage(conversationId, answer);
    });
    const history = messages.slice(0, at);
    yield* this.#answer(
      { act, conversationId, caseId, model, history, question, answer, documents: this.#documentsOf([...history, question]) },
      signal,
    );
  }

  /** Ends the answers that were being written when core last ended without closing; what had arrived of them is kept. */
  recover(): void {
    const interrupted = this.#repository.countStreaming();
    if (interrupted === 0) return;
    const message =
      'Redoubt ended while this answer was being written. What had arrived is kept. Send the question again for a whole answer.';
    this.#deps
      .systemAct('chat.recover')
      .commit({ subject: '', details: { answers: interrupted } }, () =>
        this.#repository.failStreaming({ code: 'chat/interrupted', message }),
      );
  }

  /** Stops every answer and waits until all are stored. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop();
    await Promise.all(running.map(({ done }) => done));
  }

  async *#answer(task: AnswerTask, signal: AbortSignal | undefined): AsyncGenerator<ChatEvent, void, void> {
    const queue = new ChatEventQueue();
    const stopping = new AbortController();
    const stop = AbortSignal.any(signal ? [signal, stopping.signal] : [stopping.signal]);
    const work = new Answering(task, this.#deps.inference, this.#repository, queue).run(stop).finally(() => {
      this.#running.delete(task.conversationId);
      queue.end();
    });
    this.#running.set(task.conversationId, { stop: () => stopping.abort(), done: work.catch(() => undefined) });
    try {
      yield { type: 'started', question: task.question, answer: task.answer };
      yield* queue.read();
    } finally {
      stopping.abort();
      await work;
    }
  }

  async #stop(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.stop();
    await running?.done;
  }

  #own(personId: string, id: string): ConversationSummary {
    const found = this.#repository.find(personId, id);
    if (!found)
      throw new AppError('chat/not-found', 'This conversation does not exist (any more). Choose another one or start a new one.', { id });
    return found;
  }

  #idle(personId: string, id: string): ConversationSummary {
    const found = this.#own(personId, id);
    if (this.#running.has(id))
      throw new AppError('chat/busy', 'An answer is still being written in this conversation. Wait for it or stop it, then send again.', {
        id,
      });
    return found;
  }

  async #model(id: string | undefined): Promise<Model> {
    await this.#deps.models.ready;
    const models = this.#deps.models.list();
    const found = id === undefined ? (models.find(({ isDefault }) => isDefault) ?? models[0]) : models.find((model) => model.id === id);
    if (found) return found;
    if (id !== undefined)
      throw new AppError('inference/no-model', 'The chosen model is not here any more. Your question was not sent. Choose another model.', {
        id,
      });
    throw new AppError(
      'inference/no-model',
      'There is no model yet, so nobody can answer. Your question was not sent. Import a model (Models → Import model…), then send it again.',
    );
  }

  /** What a conversation quotes belongs to its case too, so it takes documents of that case only. */
  #attachable(ofCase: string, id: string): { documentId: string; name: string } {
    const { name, status, caseId } = this.#deps.documents.get(id);
    if (caseId !== ofCase)
      throw new AppError(
        'chat/other-case',
        `${name} belongs to another case than this conversation. Your question was not sent. Start a conversation in that case.`,
        { id, name },
      );
    if (status !== 'ready')
      throw new AppError(
        'chat/document-not-ready',
        status === 'queued' || status === 'reading'
          ? `${name} is still being read. Your question was not sent. Wait until it is ready, then send again.`
          : `${name} could not be read, so it cannot be attached. Your question was not sent. Remove the attachment or read the document again.`,
        { id, name, status },
      );
    return { documentId: id, name };
  }

  /** All documents attached in these messages, the newest first, each once. */
  #documentsOf(messages: readonly Message[]): () => Promise<AttachedDocument[]> {
    const attached = new Map(
      messages.toReversed().flatMap(({ attachments }) => attachments.map(({ documentId, name }) => [documentId, name] as const)),
    );
    let read: Promise<AttachedDocument[]> | null = null;
    return () => (read ??= Promise.all([...attached].map(async ([id, name]) => ({ name, pages: await this.#pages(id) }))));
  }

  async #pages(id: string): Promise<AttachedDocument['pages']> {
    try {
      return await this.#deps.documents.pages(id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'documents/not-found') return null;
      throw error;
    }
  }
}

function emptyMessage(role: Message['role']): Message {
  return {
    id: randomUUID(),
    role,
    text: '',
    format: 'markdown',
    state: 'complete',
    attachments: [],
    notices: [],
    model: null,
    modelLabel: null,
    tokens: null,
    durationMs: null,
    error: null,
    createdAt: Date.now(),
  };
}

function emptyAnswer(model: Model): Message {
  const format = model.label === 'demonstration' ? 'plain' : 'markdown';
  return { ...emptyMessage('assistant'), state: 'streaming', format, model: model.displayName, modelLabel: model.label };
}

/** The first line of a question, short enough for a list. */
function titleOf(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  const characters = [...line];
  return characters.length > longestTitle
    ? `${characters
        .slice(0, longestTitle - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
