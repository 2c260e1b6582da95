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

type Frame = { i: string; p: { u?: string; b?: { json: { messages?: unknown[] } }; d?: { json: { type?: string; answer?: object } } } };
type Watched = { strangers: string[]; violations: string[] };

/** Puts the hostile text in place of what the model writes: as it streams, when it has ended, and in what is read back later. */
async function replaceAnswers(page: Page): Promise<void> {
  const conversations = new Set<string>();
  await page.routeWebSocket(/\/rpc$/, (toPage) => {
    const toServer = toPage.connectToServer();
    toPage.onMessage((message) => {
      const frame = JSON.parse(String(message)) as Frame;
      if (frame.p?.u === '/chat/get') conversations.add(frame.i);
      toServer.send(message);
    });
    toServer.onMessage((message) => {
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
        }
      }
      const messages = conversations.has(frame.i) ? frame.p.b?.json.messages : undefined;
      if (messages)
        frame.p.b!.json.messages = messages.map((each) =>
          (each as { role: string }).role === 'assistant' ? { ...(each as object), ...hostile } : each,
        );
      if (event?.type !== 'delta') toPage.send(JSON.stringify(frame));
    });
  });
}

/** Looks at every element the moment it is put into a model's message, and at every violation of the content security policy. */
function watch(): void {
  const tags = new Set(
    'DIV P SPAN STRONG EM DEL CODE PRE UL OL LI BLOCKQUOTE H3 H4 H5 H6 HR BR TABLE THEAD TBODY TR TH TD BUTTON'.split(' '),
  );
  const attributes = new Set(['class', 'dir', 'tabindex', 'type', 'start', 'scope']);
  const watched: Watched = { strangers: [], violations: [] };
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
    for (const { addedNodes, target, type } of changes) {
      if (type === 'attributes') look(target);
      for (const added of addedNodes) look(added);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

test(`${hostilePayloads.length} hostile texts of a model stay text: while streaming, when finished, and read back`, async ({
  page,
  host,
}) => {
  await page.addInitScript(watch);
  await replaceAnswers(page);
  await page.goto(await host.link());
  await new VaultPage(page).create(person);
  const assistant = new AssistantPage(page);
  await assistant.open();
  await assistant.ask('client');
  await assistant.finished();

  const check = async (): Promise<void> => {
    await expect(assistant.answers).toHaveCount(1);
    await expect(assistant.answers).toContainText('constructor.constructor');
    const state = await page.evaluate(() => ({
      ...(window as unknown as { watched: Watched }).watched,
      elements: document.querySelectorAll('[class*="markdown"] *').length,
      pwned: document.documentElement.dataset['pwned'] ?? null,
      windows: window.length,
      scripts: document.querySelectorAll('script:not([src]), body script, body style, iframe, object, embed, base, form, img').length,
      address: `${location.pathname} ${document.baseURI === location.href}`,
    }));
    expect(state.elements).toBeGreaterThan(300);
    expect({ ...state, elements: 0 }).toEqual({
      strangers: [],
      violations: [],
      elements: 0,
      pwned: null,
      windows: 0,
      scripts: 0,
      address: '/ true',
    });
  };
  await check();

  // A click on every link's words goes nowhere.
  const before = page.url();
  for (const words of await assistant.answers.getByText('click', { exact: true }).all()) await words.click();
  expect(page.url()).toBe(before);

  await page.reload();
  await expect(assistant.question).toBeVisible();
  await check();
});
