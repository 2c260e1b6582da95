/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from '@playwright/test';
import { hostilePayloads } from '../../renderer/features/assistant/markdown/hostile.fixture.ts';
import { expect, person, test } from '../fixtures.ts';
import { AssistantPage } from '../pages/assistant-page.ts';
import { VaultPage } from '../pages/vault-page.ts';

const hostileText = hostilePayloads.join('\n\n');
/** Small enough that every construct is seen half-written. */
const chunk = 5;

type Frame = {
  i: string;
  p: { u?: string; b?: { json: { messages?: { id: string; role: string }[] } }; d?: { json: { type?: string; answer?: object } } };
};
/** `longest`: characters of the longest message seen. */
type Watched = { strangers: string[]; violations: string[]; longest: number };

/**
 * Puts the hostile texts in place of what the model writes: all in one answer as it streams and when it has ended, each in an
 * answer of its own where the conversation is read back.
 */
async function replaceAnswers(page: Page): Promise<void> {
  const conversations = new Set<string>();
  let ended = false;
  await page.routeWebSocket(/\/rpc$/, (toPage) => {
    const toServer = toPage.connectToServer();
    toPage.onMessage((message) => {
      const frame = JSON.parse(String(message)) as Frame;
      if (frame.p?.u === '/chat/get') conversations.add(frame.i);
      toServer.send(message);
    });
    const pass = async (message: string | Buffer): Promise<void> => {
      const frame = JSON.parse(String(message)) as Frame;
      const event = frame.p?.d?.json;
      const hostile = { text: hostileText, format: 'markdown' };
      if (event?.type === 'started' || event?.type === 'finished') {
        const text = event.type === 'started' ? { format: 'markdown' } : hostile;
        event.answer = { ...event.answer, ...text };
      }
      if (event?.type === 'finished') {
        for (let start = 0; start < hostileText.length; start += chunk) {
          const delta = { ...frame, p: { ...frame.p, d: { json: { type: 'delta', text: hostileText.slice(start, start + chunk) } } } };
          toPage.send(JSON.stringify(delta));
          if (start % (20 * chunk) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
      const stored = conversations.has(frame.i) ? frame.p.b?.json : undefined;
      const answer = stored?.messages?.find(({ role }) => role === 'assistant');
      if (stored?.messages && answer) {
        Object.assign(answer, { format: 'markdown' });
        const answers = hostilePayloads.map((text, index) => ({ ...answer, id: `hostile-${index}`, text }));
        if (ended) stored.messages = [...answers, ...stored.messages.filter(({ role }) => role === 'user')];
      }
      ended ||= event?.type === 'finished';
      if (event?.type !== 'delta') toPage.send(JSON.stringify(frame));
    };
    // One after the other: nothing may overtake the text that is put in.
    let passed = Promise.resolve();
    toServer.onMessage((message) => void (passed = passed.then(() => pass(message))));
  });
}

/** Looks at every element the moment it is put into a model's message, and at every violation of the content security policy. */
function watch(): void {
  const tags = new Set(
    'DIV P SPAN STRONG EM DEL CODE PRE UL OL LI BLOCKQUOTE H3 H4 H5 H6 HR BR TABLE THEAD TBODY TR TH TD BUTTON'.split(' '),
  );
  const attributes = new Set(['class', 'dir', 'tabindex', 'type', 'start', 'scope', 'data-align']);
  const watched: Watched = { strangers: [], violations: [], longest: 0 };
  Object.assign(window, { watched });
  document.addEventListener('securitypolicyviolation', (event) =>
    watched.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    for (const element of [node, ...node.querySelectorAll('*')]) {
      if (!element.closest('[class*="markdown"]')) continue;
      const strange = [...element.attributes].filter(({ name }) => !attributes.has(name));
      if (!tags.has(element.tagName) || strange.length > 0) watched.strangers.push(element.outerHTML.slice(0, 200));
    }
  };
  new MutationObserver((changes) => {
    for (const message of document.querySelectorAll('[class*="markdown"]'))
      watched.longest = Math.max(watched.longest, message.textContent.length);
    for (const { addedNodes, target, type } of changes) {
      if (type === 'attributes') look(target);
      for (const added of addedNodes) look(added);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

test(`${hostilePayloads.length} hostile texts of a model stay text: while streaming, when finished, and read back`, async ({
  page,
  localHost,
}) => {
  await page.addInitScript(watch);
  await replaceAnswers(page);
  await page.goto(await localHost.link());
  await new VaultPage(page).create(person);
  const assistant = new AssistantPage(page);
  await assistant.open();
  await assistant.ask('client');
  await assistant.finished();

  const check = async (): Promise<void> => {
    const state = await page.evaluate(() => ({
      ...(window as unknown as { watched: Watched }).watched,
      elements: document.querySelectorAll('[class*="markdown"] *').length,
      pwned: document.documentElement.dataset['pwned'] ?? null,
      frames: window.length,
      foreign: document.querySelectorAll('body script:not([src]), iframe, object, embed, base, form, main img, main style').length,
      address: `${location.pathname} ${document.baseURI === location.href}`,
    }));
    expect(state.elements).toBeGreaterThan(2 * hostilePayloads.length);
    expect({ ...state, elements: 0, longest: 0 }).toEqual({
      longest: 0,
      strangers: [],
      violations: [],
      elements: 0,
      pwned: null,
      frames: 0,
      foreign: 0,
      address: '/ true',
    });
  };
  // The answer streamed as one text; once it has ended it is read back as one answer for each, older ones as one scrolls up.
  const messages = page.getByRole('region', { name: 'Messages' });
  const scrollUp = async (): Promise<number> => {
    await messages.evaluate((area) => area.scrollTo({ top: 0 }));
    return assistant.answers.count();
  };
  await expect.poll(scrollUp).toBe(hostilePayloads.length);
  const longest = await page.evaluate(() => (window as unknown as { watched: Watched }).watched.longest);
  expect(longest).toBeGreaterThan(hostileText.length / 2);
  await check();
  await page.reload();
  await expect(assistant.question).toBeVisible();
  await expect.poll(scrollUp).toBe(hostilePayloads.length);
  await check();

  // A click on every link's words goes nowhere.
  const before = page.url();
  for (const words of await assistant.answers.getByText('click', { exact: true }).all()) await words.click();
  expect(page.url()).toBe(before);
});
