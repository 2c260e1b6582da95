import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composePrompt } from './compose-prompt.ts';
import { composeDemonstration } from './demonstration-prompt.ts';

/** Four characters a token, like English; the empty text costs nothing. */
const count = async (text: string) => Math.ceil(text.length / 4);
const text = (min: number, max: number) => fc.integer({ min, max }).map((words) => 'word '.repeat(words).trim());

describe('composePrompt', () => {
  it('never exceeds the context, keeps the question whole and cuts history from the oldest on', async () => {
    const message = fc.tuple(text(0, 300), text(0, 300));
    const pages = fc.array(text(0, 800), { maxLength: 4 }).map((texts) => texts.map((each, index) => ({ number: index + 1, text: each })));
    const document = fc.record({ name: fc.string({ maxLength: 200 }), pages });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 12 }),
        text(1, 50),
        fc.array(document, { maxLength: 3 }),
        fc.integer({ min: 400, max: 8000 }),
        async (pairs, question, documents, contextSize) => {
          const history = pairs.flatMap(([asked, answered]) => [
            { role: 'user' as const, text: asked, state: 'complete' as const },
            { role: 'assistant' as const, text: answered, state: 'complete' as const },
          ]);
          const { prompt, maxTokens, notices } = await composePrompt({ history, question, documents, contextSize, boundary: 'abc', count });
          const turns = prompt.kind === 'chat' ? prompt.turns : [];
          const used = (await Promise.all(turns.map((turn) => count(turn.text)))).reduce((sum, tokens) => sum + tokens, 0);
          expect(used + maxTokens).toBeLessThanOrEqual(contextSize);
          expect(maxTokens).toBeGreaterThanOrEqual(16);
          expect(turns.at(-1)?.text.endsWith(question)).toBe(true);
          const spoken = turns
            .filter(({ role }) => role !== 'system')
            .slice(0, -1)
            .map((turn) => turn.text);
          const whole = pairs.filter(([, answered]) => answered !== '').flat();
          expect(spoken).toEqual(spoken.length === 0 ? [] : whole.slice(-spoken.length));
          const omitted = notices.find(({ code }) => code === 'history-cut')?.details['messages'] ?? 0;
          expect(omitted).toBe(whole.length - spoken.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses a question that is longer than the context', async () => {
    const question = 'word '.repeat(2000);
    await expect(composePrompt({ history: [], question, documents: [], contextSize: 512, boundary: 'a', count })).rejects.toMatchObject({
      code: 'chat/question-too-long',
    });
  });

  it('gives the demonstration model its form within 512 tokens, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(text(1, 3000), fc.string({ minLength: 1 })),
        fc.array(text(0, 3000), { maxLength: 3 }),
        async (question, texts) => {
          const documents = texts.map((each) => ({ name: 'a', pages: [{ number: 1, text: each }] }));
          const { prompt, maxTokens } = await composeDemonstration({ question, documents, contextSize: 512, count });
          const raw = prompt.kind === 'raw' ? prompt.text : '';
          expect(raw).toMatch(/^Fields: [^]+\n---\n[^]*\n---\n$/);
          expect((await count(raw)) + maxTokens).toBeLessThanOrEqual(512);
        },
      ),
    );
  });
});
