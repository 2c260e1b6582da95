import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actorOf, AuditedAct, systemActor, type Actor } from '../audit/act.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { CallOrigin } from '../audit/model-calls/model-calls.ts';
import type { ChatEvent } from '../contract/chat.ts';
import type { DocumentSummary } from '../contract/documents.ts';
import type { Model } from '../contract/models.ts';
import { AppError } from '../errors.ts';
import type { Prompt } from '../inference/engine.protocol.ts';
import { PeopleRepository } from '../identity/people.repository.ts';
import { newPerson } from '../identity/identity.service.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { addCase, noHold } from '../testing/case.ts';
import { openDatabase, type WritableDb } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { ChatService } from './chat.service.ts';
import type { ChatInference } from './ports.ts';

const key = Buffer.alloc(32, 7);
const ada = newPerson('ada', 'Ada', 'owner');
const ben = newPerson('ben', 'Ben', 'analyst');

const chatModel = {
  id: 'm1',
  displayName: 'Tiny',
  sha256: 'a'.repeat(64),
  label: null,
  isDefault: true,
  hasChatTemplate: true,
} as unknown as Model;

/** Says its pieces one by one; where a piece is a function, waits for what it returns. */
function scripted(pieces: readonly (string | ((signal: AbortSignal) => Promise<void>))[], contextSize = 1000) {
  const prompts: Prompt[] = [];
  const origins: CallOrigin[] = [];
  const inference: ChatInference = {
    contextSize: async () => contextSize,
    countTokens: async (_model, text) => Math.ceil(text.length / 4),
    generate: async ({ prompt, origin }, { signal, onEvent }) => {
      prompts.push(prompt);
      origins.push(origin);
      let text = '';
      for (const piece of pieces) {
        if (typeof piece === 'function') await piece(signal);
        else {
          text += piece;
          onEvent({ text: piece });
        }
      }
      return { text, outputTokens: pieces.length, durationMs: 5, stopReason: 'end' };
    },
  };
  return { inference, prompts, origins };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new AppError('request/cancelled', 'Cancelled.'))));

describe('ChatService', () => {
  let folder: string;
  let db: WritableDb;
  let log: AuditLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-chat-'));
    db = openDatabase(join(folder, 'vault.db'), key, 'create');
    migrate(db);
    log = newAuditLog(db);
    const people = new PeopleRepository(db);
    for (const person of [ada, ben]) people.add(person);
    addCase(db);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const pages = [1, 2, 3, 4].map((number) => ({ number, text: `Page ${number}. ${'word '.repeat(400)}` }));
  const service = (inference: ChatInference, models: readonly Model[] = [chatModel]) =>
    new ChatService({
      db,
      models: { ready: Promise.resolve(), list: () => models },
      inference,
      documents: {
        get: (id) => {
          if (id === 'gone') throw new AppError('documents/not-found', 'Gone.');
          return {
            id,
            caseId: id === 'foreign' ? 'case-2' : 'case-1',
            name: `${id}.pdf`,
            status: id === 'slow' ? 'reading' : 'ready',
          } as DocumentSummary;
        },
        pages: (id) => (id === 'empty' ? [] : (pages as never)),
      },
      systemAct: (action) => new AuditedAct(db, log, systemActor, action),
      refuseHeld: noHold,
    });
  const act = (action: string, person = ada) => new AuditedAct(db, log, actorOf(person), action);
  const leaves = (action: string) =>
    log
      .list({ search: '', limit: 100 })
      .entries.filter((entry) => entry.action === action)
      .toReversed();
  const collect = async (stream: AsyncIterable<ChatEvent>) => {
    const events: ChatEvent[] = [];
    for await (const event of stream) events.push(event);
    return events;
  };
  const started = (chat: ChatService) => chat.create(act('chat.create'), ada.id, 'case-1', '').id;
  const ask = (chat: ChatService, id: string, text = 'Why?', documentIds: string[] = []) =>
    chat.send(act('chat.send'), ada.id, { conversationId: id, text, documentIds });

  it('streams an answer, stores both messages and leaves leaves with hashes but no text', async () => {
    const { inference, origins } = scripted(['Because', ' of', ' **that**.']);
    const chat = service(inference);
    const id = started(chat);
    const events = await collect(ask(chat, id, 'Why is the sky blue?'));
    expect(events.map(({ type }) => type)).toEqual(['started', 'delta', 'finished']);
    const stored = chat.get(ada.id, id);
    expect(stored).toMatchObject({ title: 'Why is the sky blue?', messageCount: 2 });
    expect(stored.messages.map(({ role, text, state, model }) => ({ role, text, state, model }))).toEqual([
      { role: 'user', text: 'Why is the sky blue?', state: 'complete', model: null },
      { role: 'assistant', text: 'Because of **that**.', state: 'complete', model: 'Tiny' },
    ]);
    expect(events.at(-1)).toEqual({ type: 'finished', answer: stored.messages[1] });
    const [question, answer] = leaves('chat.send');
    expect(question).toMatchObject({
      subject: stored.messages[0]?.id,
      details: { stage: 'question', documents: 0 },
    });
    expect(answer).toMatchObject({
      subject: stored.messages[1]?.id,
      actor: 'ada',
      details: {
        stage: 'answer',
        state: 'complete',
        modelSha256: chatModel.sha256,
      },
    });
    expect(origins).toEqual([
      {
        actor: expect.objectContaining({ personId: ada.id }) as Actor,
        caseId: 'case-1',
        subject: stored.messages[1]?.id,
        conversationId: id,
        documents: [],
        place: { conversation: id },
      },
    ]);
    expect(JSON.stringify(log.list({ search: '', limit: 100 }).entries)).not.toMatch(/sky|Because/);
  });

  it('keeps what was written when the stream is left, and when the signal aborts, and is free again after', async () => {
    const { inference } = scripted(['Half ', untilAborted]);
    const chat = service(inference);
    const id = started(chat);
    for await (const event of ask(chat, id)) if (event.type === 'delta') break;
    const abort = new AbortController();
    for await (const event of chat.send(act('chat.send'), ada.id, { conversationId: id, text: 'Again?', documentIds: [] }, abort.signal))
      if (event.type === 'delta') abort.abort();
    expect(chat.get(ada.id, id).messages.map(({ text, state }) => [text, state])).toEqual([
      ['Why?', 'complete'],
      ['Half ', 'stopped'],
      ['Again?', 'complete'],
      ['Half ', 'stopped'],
    ]);
  });

  it('keeps the partial answer of a failure with its typed error', async () => {
    const { inference } = scripted(['Half ', () => Promise.reject(new AppError('process/unavailable', 'The process ended. Try again.'))]);
    const chat = service(inference);
    const id = started(chat);
    const events = await collect(ask(chat, id));
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      answer: { text: 'Half ', state: 'failed', error: { code: 'process/unavailable', message: 'The process ended. Try again.' } },
    });
    expect(leaves('chat.send').at(-1)).toMatchObject({ outcome: 'failed', reason: 'process/unavailable' });
  });

  it('ends answers that a crash interrupted, with what had arrived, and says so in the log', async () => {
    const crashed = service(scripted(['x'.repeat(10), untilAborted]).inference);
    const id = started(crashed);
    const stream = ask(crashed, id);
    await stream.next();
    db.prepare("UPDATE messages SET text = 'Arri' WHERE state = 'streaming'").run();
    // A core that starts anew on the same database knows nothing of the stream.
    const chat = service(scripted([]).inference);
    chat.recover();
    expect(chat.get(ada.id, id).messages[1]).toMatchObject({ text: 'Arri', state: 'failed', error: { code: 'chat/interrupted' } });
    expect(leaves('chat.recover')).toMatchObject([{ actor: 'system', details: { answers: 1 } }]);
    await stream.return();
  });

  it('stops and stores all answers when the vault closes', async () => {
    const chat = service(scripted(['Half ', untilAborted]).inference);
    const id = started(chat);
    const stream = ask(chat, id);
    const rest = collect(stream);
    await new Promise((resolve) => setImmediate(resolve));
    await chat.close();
    expect((await rest).at(-1)).toMatchObject({ type: 'finished', answer: { state: 'stopped', text: 'Half ' } });
  });

  it('shows and changes only the own conversations', async () => {
    const chat = service(scripted(['Yes']).inference);
    const id = started(chat);
    await collect(ask(chat, id));
    expect(chat.list(ben.id, ['case-1'])).toEqual([]);
    const other = act('chat.send', ben);
    const attempts = [
      () => chat.get(ben.id, id),
      () => chat.rename(other, ben.id, id, 'Mine'),
      () => chat.remove(other, ben.id, id),
      () => chat.send(other, ben.id, { conversationId: id, text: 'Hi', documentIds: [] }).next(),
      () => chat.regenerate(other, ben.id, id).next(),
    ];
    for (const attempt of attempts) await expect(async () => attempt()).rejects.toMatchObject({ code: 'chat/not-found' });
    expect(other.leaves).toBe(0);
    await chat.remove(act('chat.remove'), ada.id, id);
    expect(chat.list(ada.id, ['case-1'])).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(0);
  });

  it('refuses, before anything is stored, without a model, while busy, and with a document that is not ready', async () => {
    const empty = service(scripted([]).inference, []);
    const id = started(empty);
    await expect(ask(empty, id).next()).rejects.toMatchObject({ code: 'inference/no-model' });
    const chat = service(scripted(['Half ', untilAborted]).inference);
    await expect(ask(chat, id, 'Why?', ['slow']).next()).rejects.toMatchObject({ code: 'chat/document-not-ready' });
    await expect(ask(chat, id, 'Why?', ['foreign']).next()).rejects.toMatchObject({ code: 'chat/other-case' });
    await expect(ask(chat, id, 'Why?', ['gone']).next()).rejects.toMatchObject({ code: 'documents/not-found' });
    await expect(chat.regenerate(act('chat.regenerate'), ada.id, id).next()).rejects.toMatchObject({ code: 'chat/nothing-to-regenerate' });
    expect(chat.get(ada.id, id).messages).toEqual([]);
    const stream = ask(chat, id);
    await stream.next();
    await expect(ask(chat, id).next()).rejects.toMatchObject({ code: 'chat/busy' });
    await stream.return();
  });

  it('puts attached text into the prompt as data, cut to the context, and tells how much fitted', async () => {
    const { inference, prompts } = scripted(['Read.']);
    const chat = service(inference);
    const id = started(chat);
    const events = await collect(ask(chat, id, 'What does it say?', ['contract', 'empty']));
    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
    expect(notices).toEqual([
      { code: 'attachment-empty', details: { name: 'empty.pdf' } },
      {
        code: 'attachment-cut',
        details: { name: 'contract.pdf', characters: expect.any(Number), ofCharacters: 8034, pages: expect.any(Number), ofPages: 4 },
      },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['started', 'notice', 'notice', 'delta', 'finished']);
    expect(chat.get(ada.id, id).messages[1]?.notices).toEqual(notices);
    const prompt = prompts[0];
    const turns = prompt?.kind === 'chat' ? prompt.turns : [];
    expect(turns.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(turns[1]?.text).toMatch(
      /^<document-([0-9a-f]{8}) name="contract.pdf">\nPage 1\. [^]+word\n<\/document-\1>\n\nWhat does it say\?$/,
    );
    // The document of an earlier question is still there for the next one.
    await collect(ask(chat, id, 'And?'));
    expect(JSON.stringify(prompts[1])).toContain('contract.pdf');
  });

  it('asks the last question again in place of its answer', async () => {
    const { inference, prompts } = scripted(['One.']);
    const chat = service(inference);
    const id = started(chat);
    await collect(ask(chat, id, 'First?'));
    await collect(ask(chat, id, 'Second?', ['contract']));
    const before = chat.get(ada.id, id).messages;
    await collect(chat.regenerate(act('chat.regenerate'), ada.id, id));
    const after = chat.get(ada.id, id).messages;
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(after[3]?.id).not.toBe(before[3]?.id);
    expect(prompts[2]).toEqual(prompts[1]);
  });

  it('gives the demonstration model its form, and says that it is no chat model', async () => {
    const { inference, prompts } = scripted(['{"client":"x"}'], 512);
    const chat = service(inference, [{ ...chatModel, label: 'demonstration', hasChatTemplate: false }]);
    const id = started(chat);
    const events = await collect(ask(chat, id, 'client, due date', ['contract']));
    expect(events.filter(({ type }) => type === 'notice')).toMatchObject([
      { notice: { code: 'demonstration-model', details: { fields: 'client, due_date', source: 'attachments' } } },
      { notice: { code: 'attachment-cut' } },
    ]);
    expect(prompts[0]).toMatchObject({ kind: 'raw', text: expect.stringMatching(/^Fields: client, due_date\n---\nPage 1\. [^]+\n---\n$/) });
    expect(events.at(-1)).toMatchObject({ answer: { format: 'plain', modelLabel: 'demonstration', text: '{"client":"x"}' } });
  });
});
