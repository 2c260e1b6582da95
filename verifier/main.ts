import './without-eval.ts';
import './style.css';
import { readWitnessKey, type WitnessKey } from '../electron/core/reports/verify/checkpoint.ts';
import { verifyFiles } from '../electron/core/reports/verify/verify-report.ts';
import { element } from './element.ts';
import { fromDrop, fromFiles, readInput, type Input } from './read-input.ts';
import { resultView, type Outcome } from './result-view.ts';
import { pageText, type Language } from './texts.ts';

const root = document.querySelector('#page') ?? document.body;
let language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
let dark = matchMedia('(prefers-color-scheme: dark)').matches;
let witnesses = '';
let input: Input | null = null;
let outcome: Outcome | null = null;
let checking: string | null = null;
/** Counts the checks, so that a slow one does not answer for a later one. */
let turn = 0;

function draw(): void {
  const say = (code: Parameters<typeof pageText>[0], values = {}) => pageText(code, language, values);
  document.documentElement.lang = language;
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  document.title = say('title');
  const results = element('main', { 'aria-live': 'polite' });
  if (checking !== null) results.append(element('div', { class: 'verdict', role: 'status' }, say('checking', { name: checking })));
  else if (outcome) results.append(...resultView(outcome, language));
  const switchLanguage = () => {
    language = language === 'en' ? 'zh-CN' : 'en';
    draw();
  };
  const switchTheme = () => {
    dark = !dark;
    draw();
  };
  root.replaceChildren(
    element(
      'header',
      {},
      element('h1', {}, say('title')),
      element('button', { type: 'button', onclick: switchLanguage }, say('language')),
      element('button', { type: 'button', onclick: switchTheme }, say(dark ? 'light' : 'dark')),
    ),
    element('p', { class: 'dim' }, say('intro')),
    dropZone(say('drop'), say('choose'), say('chooseFolder')),
    witnessField(say('witness'), say('witnessHint')),
    results,
  );
}

function dropZone(text: string, choose: string, chooseFolder: string): HTMLElement {
  const picked = (event: Event) => {
    const { files } = event.target as HTMLInputElement;
    if (files && files.length > 0) take(fromFiles(files));
  };
  const zone = element(
    'div',
    { class: 'drop' },
    element('span', {}, text),
    element(
      'span',
      { class: 'picks' },
      element('label', { class: 'pick' }, choose, element('input', { type: 'file', multiple: true, onchange: picked })),
      element('label', { class: 'pick' }, chooseFolder, element('input', { type: 'file', webkitdirectory: true, onchange: picked })),
    ),
  );
  return zone;
}

function witnessField(label: string, hint: string): HTMLElement {
  const changed = (event: Event) => {
    witnesses = (event.target as HTMLTextAreaElement).value;
    if (input) take(input);
  };
  const field = element('textarea', { rows: '2', 'aria-label': label, spellcheck: 'false', onchange: changed });
  (field as HTMLTextAreaElement).value = witnesses;
  return element('details', { open: witnesses !== '' }, element('summary', {}, label), element('p', { class: 'dim' }, hint), field);
}

function take(next: Input): void {
  input = next;
  checking = next.label;
  draw();
  const mine = (turn += 1);
  // The browser paints before it is busy.
  const run = async () => {
    const found = await check(next);
    if (mine !== turn) return;
    checking = null;
    outcome = found;
    draw();
  };
  setTimeout(() => void run(), 30);
}

async function check(next: Input): Promise<Outcome> {
  const started = performance.now();
  try {
    const keys: WitnessKey[] = [];
    const noKeys: string[] = [];
    for (const line of witnesses.split('\n').filter((each) => each.trim() !== '')) {
      const key = await readWitnessKey(line);
      if (key) keys.push(key);
      else noKeys.push(line);
    }
    const files = await readInput(next);
    const verdict = await verifyFiles(files, keys);
    return { verdict, noKeys, files: files.size, seconds: (performance.now() - started) / 1000 };
  } catch (problem) {
    return { problem };
  }
}

function mark(over: boolean): void {
  const zone = document.querySelector<HTMLElement>('.drop');
  if (zone) zone.dataset['over'] = String(over);
}

for (const name of ['dragenter', 'dragover'] as const)
  addEventListener(name, (event) => {
    event.preventDefault();
    mark(true);
  });
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) mark(false);
});
addEventListener('drop', (event) => {
  event.preventDefault();
  mark(false);
  if (event.dataTransfer) void fromDrop(event.dataTransfer).then(take);
});

draw();
