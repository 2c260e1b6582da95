import { createHash, randomBytes } from 'node:crypto';
import type { Act } from '../audit/act.ts';
import type { CallOrigin } from '../audit/model-calls/model-calls.ts';
import type { ChatNotice, Message } from '../contract/chat.ts';
import type { Model } from '../contract/models.ts';
import { AppError, explained, isAbort, toErrorShape } from '../errors.ts';
import type { AttachedDocument } from './attached-text.ts';
import type { ChatRepository } from './chat.repository.ts';
import { composePrompt, type ComposedPrompt } from './compose-prompt.ts';
import { composeDemonstration } from './demonstration-prompt.ts';
import type { ChatEventQueue } from './event-queue.ts';
import type { ChatInference } from './ports.ts';

/** How often the text that has arrived is stored while an answer is written. */
const savePartialMs = 1000;
const temperature = 0.6;
/** A guard against a model that hangs; a person who waits can stop it any time. */
const timeoutMs = 30 * 60_000;

export type AnswerTask = {
  readonly act: Act;
  readonly conversationId: string;
  readonly caseId: string;
  readonly model: Model;
  readonly history: readonly Message[];
  readonly question: Message;
  /** The stored, empty answer. */
  readonly answer: Message;
  readonly documents: () => Promise<readonly AttachedDocument[]>;
};

/** Writes one answer: composes the prompt, streams the model's text and stores how it ended, with its audit leaf. */
export class Answering {
  readonly #task: AnswerTask;
  readonly #inference: ChatInference;
  readonly #repository: ChatRepository;
  readonly #queue: ChatEventQueue;
  readonly #notices: ChatNotice[] = [];
  readonly #startedAt = performance.now();
  #text = '';
  #savedAt = performance.now();

  constructor(task: AnswerTask, inference: ChatInference, repository: ChatRepository, queue: ChatEventQueue) {
    this.#task = task;
    this.#inference = inference;
    this.#repository = repository;
    this.#queue = queue;
  }

  /** Ends with a `finished` event, whatever happened; throws only when the end itself cannot be stored. */
  async run(signal: AbortSignal): Promise<void> {
    let outcome: Pick<Message, 'state' | 'error'> & { tokens: number | null };
    try {
      outcome = { state: 'complete', error: null, tokens: await this.#generate(signal) };
    } catch (error) {
      if (signal.aborted || isAbort(error)) outcome = { state: 'stopped', error: null, tokens: null };
      else {
        const { code, message } = toErrorShape(error);
        outcome = { state: 'failed', error: { code, message }, tokens: null };
      }
    }
    this.#finish(outcome);
  }

  /** Returns the number of output tokens. */
  async #generate(signal: AbortSignal): Promise<number> {
    const { model } = this.#task;
    // The count of what a chat template adds is an estimate: a prompt that the engine finds too long is cut further.
    let contextSize = await this.#inference.contextSize(model.id);
    for (let attempt = 1; ; attempt++) {
      const { prompt, maxTokens, notices } = await this.#compose(contextSize, signal);
      signal.throwIfAborted();
      this.#notices.length = 0;
      this.#notices.push(...notices);
      let announced = false;
      const announce = () => {
        if (!announced) for (const notice of this.#notices) this.#queue.push({ type: 'notice', notice });
        announced = true;
      };
      try {
        const result = await this.#inference.generate(
          { modelId: model.id, prompt, maxTokens, temperature: prompt.kind === 'raw' ? 0 : temperature, timeoutMs, origin: this.#origin() },
          { signal, onEvent: ({ text }) => (announce(), this.#take(text)) },
        );
        announce();
        if (result.stopReason === 'length') this.#note({ code: 'answer-cut', details: { tokens: result.outputTokens } });
        return result.outputTokens;
      } catch (error) {
        const tooLong = error instanceof AppError && error.code === 'inference/prompt-too-long';
        if (!tooLong || attempt === 3 || this.#text !== '') throw error;
        contextSize = Math.floor(contextSize * 0.8);
      }
    }
  }

  async #compose(contextSize: number, signal: AbortSignal): Promise<ComposedPrompt> {
    const { model, question, history, conversationId } = this.#task;
    const count = (text: string) => this.#inference.countTokens(model.id, text, signal);
    const documents = await this.#task.documents();
    if (model.label === 'demonstration') return composeDemonstration({ question: question.text, documents, contextSize, count });
    // The same in all prompts of a conversation, so that the engine can keep what it has read.
    const boundary = createHash('sha256').update(processSalt).update(conversationId).digest('hex').slice(0, 8);
    const composed = await composePrompt({ history, question: question.text, documents, contextSize, boundary, count });
    return model.hasChatTemplate ? composed : { ...composed, notices: [{ code: 'no-chat-template', details: {} }, ...composed.notices] };
  }

  /** Documents of earlier questions may be in the prompt too. */
  #origin(): CallOrigin {
    const { act, caseId, conversationId, answer, history, question } = this.#task;
    const documents = [...history, question].flatMap(({ attachments }) => attachments.map(({ documentId }) => documentId));
    const place = { conversation: conversationId };
    return { actor: act.actor, caseId, subject: answer.id, conversationId, documents: [...new Set(documents)], place };
  }

  #note(notice: ChatNotice): void {
    this.#notices.push(notice);
    this.#queue.push({ type: 'notice', notice });
  }

  #take(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#queue.push({ type: 'delta', text });
    if (performance.now() - this.#savedAt < savePartialMs) return;
    this.#savedAt = performance.now();
    try {
      this.#repository.savePartial(this.#task.answer.id, this.#text);
    } catch (error) {
      // Its end is stored all the same.
      if (!(explained(error) instanceof AppError)) throw error;
    }
  }

  #finish(outcome: Pick<Message, 'state' | 'error' | 'tokens'>): void {
    const { act, model, answer: begun, conversationId } = this.#task;
    const durationMs = performance.now() - this.#startedAt;
    const answer: Message = { ...begun, ...outcome, text: this.#text, notices: [...this.#notices], durationMs };
    const details = {
      stage: 'answer',
      conversation: conversationId,
      state: answer.state,
      model: model.displayName,
      modelSha256: model.sha256,
      outputTokens: answer.tokens,
    };
    const auditOutcome = answer.state === 'failed' ? 'failed' : 'done';
    // What was begun while there was room is kept.
    this.#repository.necessarily(() =>
      act.commit({ subject: begun.id, outcome: auditOutcome, reason: answer.error?.code ?? null, details }, () =>
        this.#repository.finish(answer),
      ),
    );
    this.#queue.push({ type: 'finished', answer });
  }
}

/** Keeps boundaries from being guessable by whoever writes documents. */
const processSalt = randomBytes(16);
