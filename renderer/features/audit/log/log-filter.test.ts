import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatHash, parseHash } from '../../../lib/hash.ts';
import { filterOf, inputOf, noFilter, outcomes, queryOf, spans, timesOf } from './log-filter.ts';

const text = fc.string({ unit: 'grapheme' });
const area = fc.stringMatching(/^[a-z-]{1,12}$/);
const filter = fc.record({
  search: text,
  areas: fc.array(area),
  action: text,
  actor: text,
  subject: text,
  caseId: text,
  outcome: fc.constantFrom(...outcomes, '' as const),
  span: fc.constantFrom(...spans, 'between' as const, '' as const),
  from: text,
  to: text,
});

it('keeps every filter in the address', () => {
  fc.assert(
    fc.property(filter, (one) => {
      expect(filterOf(parseHash(formatHash('audit', ['log'], queryOf(one))).query)).toEqual(one);
    }),
  );
});

it('leaves out what the address does not know', () => {
  expect(filterOf({ q: 'loan', outcome: 'maybe', time: 'eon', areas: '  runs ', else: 'x' })).toEqual({
    ...noFilter,
    search: 'loan',
    areas: ['runs'],
  });
  expect(queryOf(noFilter)).toEqual({});
});

it('turns quick choices and local times into moments, both minutes included', () => {
  const now = new Date(2026, 10, 20, 14, 5, 30).getTime();
  expect(timesOf({ ...noFilter, span: 'today' }, now)).toEqual({ from: new Date(2026, 10, 20).getTime() });
  expect(timesOf({ ...noFilter, span: 'hour' }, now)).toEqual({ from: now - 3_600_000 });
  const between = { ...noFilter, span: 'between' as const, from: '2026-11-20T14:05', to: '2026-11-20T14:05' };
  expect(timesOf(between, now)).toEqual({ from: new Date(2026, 10, 20, 14, 5).getTime(), to: new Date(2026, 10, 20, 14, 6).getTime() - 1 });
  expect(inputOf({ ...between, to: 'soon', search: ' loan ', actor: 'ada' }, now)).toEqual({
    search: 'loan',
    areas: [],
    actor: 'ada',
    from: new Date(2026, 10, 20, 14, 5).getTime(),
  });
});
