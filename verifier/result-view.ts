import { sayVerdict } from '../electron/core/reports/verify/say-verdict.ts';
import type { Verdict } from '../electron/core/reports/verify/verify-report.ts';
import { ZipError } from '../electron/core/reports/verify/zip/read-zip.ts';
import { element, foreign } from './element.ts';
import { hasText, pageText, type Language, type PageText } from './texts.ts';

/** What came of a report: the verdict, or why it could not be read. */
export type Outcome =
  | {
      readonly verdict: Verdict;
      /** Given for keys of witnesses, and none. */ readonly noKeys: readonly string[];
      readonly seconds: number;
      readonly files: number;
    }
  | { readonly problem: unknown };

export function resultView(outcome: Outcome, language: Language): HTMLElement[] {
  const say = (code: PageText, values?: Readonly<Record<string, string | number>>) => pageText(code, language, values);
  if ('problem' in outcome) {
    const { problem } = outcome;
    const reason = problem instanceof ZipError ? say(problem.problem, { entry: problem.entry }) : say('no-zip');
    return [banner('bad', say('unreadable'), reason)];
  }
  const { verdict, noKeys, seconds, files } = outcome;
  const { verified, checks, root, proven, notProven } = sayVerdict(verdict, language);
  const failed = [...new Set(checks.filter(({ ok }) => !ok).map(({ file }) => file))];
  return [
    verified
      ? banner('good', say('verified'), say('verifiedText'))
      : banner('bad', say('failed'), say('failedText', { files: failed.join(', ') })),
    ...noKeys.map((key) => element('p', { class: 'compare', 'data-tone': 'bad' }, foreign(say('witnessBad', { key })))),
    element('p', { class: 'dim' }, say('seconds', { count: files, seconds: seconds.toFixed(1) })),
    ...(verified && root ? [element('h2', {}, say('fingerprint')), ...fingerprintView(root, language)] : []),
    ...(verified ? aboutView(verdict, language) : []),
    ...(proven.length > 0 ? [element('h2', {}, say('proven')), listView(proven, 'good')] : []),
    element('h2', {}, say('notProven')),
    listView(notProven, 'warn'),
    element('h2', {}, say('checks')),
    checksView(checks, language),
  ];
}

function banner(tone: 'good' | 'bad', title: string, text: string): HTMLElement {
  return element('div', { class: 'verdict', 'data-tone': tone, role: 'status' }, element('strong', {}, title), foreign(text));
}

function listView(items: readonly string[], tone: string): HTMLElement {
  return element('div', { class: 'box', 'data-tone': tone }, element('ul', {}, ...items.map((item) => element('li', {}, foreign(item)))));
}

function aboutView({ report }: Verdict, language: Language): HTMLElement[] {
  if (!report) return [];
  const kind = `kind-${report.kind}`;
  const rows: [PageText, string | null][] = [
    ['name', report.title],
    ['kind', hasText(kind) ? pageText(kind, language) : report.kind],
    ['made', new Date(report.createdAt).toLocaleString(language, { dateStyle: 'long', timeStyle: 'long' })],
    ['by', report.createdBy],
    ['organisation', report.organisation?.name ?? null],
    ['classification', report.classification],
    ['vault', report.vaultId],
    ['suite', report.suite],
  ];
  const shown = rows.filter((row): row is [PageText, string] => row[1] !== null);
  const list = shown.flatMap(([code, value]) => [element('dt', {}, pageText(code, language)), element('dd', {}, foreign(value))]);
  return [element('h2', {}, pageText('report', language)), element('dl', {}, ...list)];
}

/** The fingerprint in groups, and a field that compares it with what somebody was given. */
function fingerprintView({ subject, sha256 }: { subject: string; sha256: string }, language: Language): HTMLElement[] {
  const answer = element('p', { class: 'compare', role: 'status' });
  const compare = (event: Event) => {
    const given = (event.target as HTMLInputElement).value.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
    const whole = given.length === 64;
    answer.dataset['tone'] = whole ? (given === sha256 ? 'good' : 'bad') : '';
    if (given === '') answer.textContent = '';
    else if (whole) answer.textContent = pageText(given === sha256 ? 'same' : 'other', language);
    else answer.textContent = pageText('incomplete', language, { count: given.length });
  };
  const groups = sha256.toUpperCase().match(/.{4}/g) ?? [];
  const label = pageText('compare', language);
  return [
    element('p', {}, foreign(pageText('fingerprintText', language, { subject }))),
    element('div', { class: 'fingerprint' }, groups.join(' ')),
    element('input', { type: 'text', placeholder: label, 'aria-label': label, spellcheck: 'false', autocomplete: 'off', oninput: compare }),
    answer,
  ];
}

function checksView(checks: readonly { file: string; ok: boolean; message: string }[], language: Language): HTMLElement {
  const head = (['file', 'state', 'finding'] as const).map((code) => element('th', { scope: 'col' }, pageText(code, language)));
  // What failed stands first.
  const rows = [...checks.filter(({ ok }) => !ok), ...checks.filter(({ ok }) => ok)].map(({ file, ok, message }) =>
    element(
      'tr',
      {},
      element('td', {}, foreign(file)),
      element('td', { class: 'state', 'data-tone': ok ? 'good' : 'bad' }, pageText(ok ? 'good' : 'bad', language)),
      element('td', {}, foreign(message)),
    ),
  );
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}
