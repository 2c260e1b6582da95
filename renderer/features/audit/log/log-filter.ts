import type { AuditEntry } from '../../../../electron/core/contract/index.ts';

export const outcomes = ['done', 'failed', 'denied'] as const satisfies readonly AuditEntry['outcome'][];
/** Back from now; `today` from midnight here. */
export const spans = ['hour', 'today', 'week', 'month', 'year'] as const;
export type Span = (typeof spans)[number];

/** What of the log is shown; an empty text asks for nothing. */
export type LogFilter = {
  readonly search: string;
  readonly areas: readonly string[];
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly caseId: string;
  readonly outcome: AuditEntry['outcome'] | '';
  /** `between` stands for the local times `from` and `to`, each of which may be empty. */
  readonly span: Span | 'between' | '';
  /** As a field for date and time writes it: `2026-11-20T14:05`. */
  readonly from: string;
  readonly to: string;
};

export const noFilter: LogFilter = {
  search: '',
  areas: [],
  action: '',
  actor: '',
  subject: '',
  caseId: '',
  outcome: '',
  span: '',
  from: '',
  to: '',
};

type Query = Readonly<Record<string, string>>;
const names = { search: 'q', action: 'action', actor: 'who', subject: 'on', caseId: 'case', from: 'from', to: 'to' } as const;
const texts = Object.keys(names) as (keyof typeof names)[];

/** The filter that an address asks for; what it does not understand it leaves out. */
export function filterOf(query: Query): LogFilter {
  const span = ([...spans, 'between'] as const).find((one) => one === query['time']) ?? '';
  return {
    ...noFilter,
    ...Object.fromEntries(texts.map((name) => [name, query[names[name]] ?? ''])),
    areas: (query['areas'] ?? '').split(' ').filter(Boolean),
    outcome: outcomes.find((one) => one === query['outcome']) ?? '',
    span,
  };
}

/** The address of a filter; the inverse of `filterOf`. */
export function queryOf({ areas, outcome, span, ...filter }: LogFilter): Record<string, string> {
  const parts = { ...Object.fromEntries(texts.map((name) => [names[name], filter[name]])), areas: areas.join(' '), outcome, time: span };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** First and last moment of the filter's time, ms since the epoch. */
export function timesOf({ span, from, to }: LogFilter, now: number): { from?: number; to?: number } {
  if (span === '') return {};
  if (span === 'hour') return { from: now - 60 * minuteMs };
  if (span === 'today') return { from: new Date(now).setHours(0, 0, 0, 0) };
  if (span === 'week') return { from: now - 7 * dayMs };
  if (span === 'month') return { from: now - 30 * dayMs };
  if (span === 'year') return { from: now - 365 * dayMs };
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return { ...(Number.isNaN(first) ? {} : { from: first }), ...(Number.isNaN(last) ? {} : { to: last + minuteMs - 1 }) };
}

/** The filter as core takes it. */
export function inputOf(filter: LogFilter, now: number) {
  const { search, areas, action, actor, subject, caseId, outcome } = filter;
  return {
    search: search.trim(),
    areas: [...areas],
    ...(action === '' ? {} : { action }),
    ...(actor === '' ? {} : { actor }),
    ...(subject === '' ? {} : { subject }),
    ...(caseId === '' ? {} : { caseId }),
    ...(outcome === '' ? {} : { outcome }),
    ...timesOf(filter, now),
  };
}
