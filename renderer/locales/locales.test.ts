import { describe, expect, it } from 'vitest';

type Strings = { readonly [key: string]: string | Strings };
const files = import.meta.glob<Strings>('./*/*.json', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], { eager: true, query: '?raw', import: 'default' });
const coreSources = import.meta.glob<string>(['../../electron/{core,processes}/**/*.ts', '!../../electron/**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Dotted keys of a namespace, plural suffixes left out. */
function keysOf(strings: Strings, prefix = ''): string[] {
  return Object.entries(strings).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`.replace(/_(zero|one|two|few|many|other)$/, '')] : keysOf(value, `${prefix}${key}.`),
  );
}

function placeholdersOf(strings: Strings): Record<string, string[]> {
  const flat = (part: Strings, prefix: string): [string, string][] =>
    Object.entries(part).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value, `${prefix}${key}.`),
    );
  return Object.fromEntries(
    flat(strings, '')
      .filter(([key]) => !/_(zero|one|two|few|many)$/.test(key))
      .map(([key, value]) => [key, [...value.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').toSorted()]),
  );
}

const namespaces = [...new Set(Object.keys(files).map((path) => path.split('/').at(-1)?.replace('.json', '') ?? ''))];
const stringsOf = (language: string, namespace: string): Strings => files[`./${language}/${namespace}.json`] ?? {};
// English errors are core's own messages; see the last test.
const translated = namespaces.filter((namespace) => namespace !== 'errors');

describe.each(translated)('strings of %s', (namespace) => {
  it('has the same keys in both languages', () => {
    expect([...new Set(keysOf(stringsOf('zh-CN', namespace)))].toSorted()).toEqual(
      [...new Set(keysOf(stringsOf('en', namespace)))].toSorted(),
    );
  });

  it('uses the same values in both languages', () => {
    expect(placeholdersOf(stringsOf('zh-CN', namespace))).toEqual(placeholdersOf(stringsOf('en', namespace)));
  });
});

it('has every key the page uses', () => {
  const all = new Map(namespaces.map((namespace) => [namespace, new Set(keysOf(stringsOf('en', namespace)))]));
  const missing: string[] = [];
  for (const [path, source] of Object.entries(sources)) {
    const named = [...source.matchAll(/useTranslation\(\[?\s*'([\w-]+)'/g)].map((match) => match[1] ?? '');
    // A helper that is handed `t` speaks for its own feature.
    const own = named.length > 0 ? named : [path.split('/')[2] ?? '', 'common'];
    for (const [, , key = ''] of source.matchAll(/\b(t|i18n\.t)\(\s*'([\w:.-]+)'/g)) {
      const [namespace, name] = key.includes(':') ? [key.split(':')[0] ?? '', key.split(':')[1] ?? ''] : [null, key];
      const candidates = namespace === null ? own : [namespace];
      if (!candidates.some((candidate) => all.get(candidate)?.has(name) === true)) missing.push(`${path}: ${key}`);
    }
    for (const [, key = ''] of source.matchAll(/\b(?:t|i18n\.t)\(\s*`([\w:.-]+)\$\{/g)) {
      const [namespace, prefix] = key.includes(':') ? [key.split(':')[0] ?? '', key.split(':')[1] ?? ''] : [null, key];
      const candidates = namespace === null ? own : [namespace];
      const known = candidates.some((candidate) => [...(all.get(candidate) ?? [])].some((name) => name.startsWith(prefix)));
      if (!known) missing.push(`${path}: ${key}…`);
    }
  }
  expect(missing).toEqual([]);
});

it('translates every error that core can send', () => {
  // Bugs of ours, or of callers that are not the page.
  const internal = new Set(['audit/no-transaction', 'audit/not-json', 'process/unknown-method', 'vault/bad-blob-id', 'request/cancelled']);
  const known = new Set(keysOf(stringsOf('zh-CN', 'errors')));
  const thrown = new Set<string>();
  for (const source of Object.values(coreSources)) {
    for (const [, code = ''] of source.matchAll(/new AppError\(\s*'([a-z]+\/[a-z-]+)'/g)) thrown.add(code);
  }
  expect([...thrown].filter((code) => !internal.has(code) && !known.has(code.replace('/', '.'))).toSorted()).toEqual([]);
});

it('has a name for every act the audit log can hold', () => {
  const known = new Set(keysOf(stringsOf('en', 'audit')));
  const acts = new Set<string>();
  for (const source of Object.values(coreSources)) {
    for (const [, action = ''] of source.matchAll(/\bcommand\(\s*'[\w.-]+',\s*'([\w.-]+)'/g)) acts.add(action);
    for (const [, action = ''] of source.matchAll(/\b(?:systemAct|acts)\(\s*'([\w.-]+)'/g)) acts.add(action);
    for (const [, action = ''] of source.matchAll(/\bact\(\w+,\s*'([\w.-]+)'/g)) acts.add(action);
  }
  expect(acts.size).toBeGreaterThan(30);
  expect([...acts].filter((action) => !known.has(`action.${action}`)).toSorted()).toEqual([]);
});
