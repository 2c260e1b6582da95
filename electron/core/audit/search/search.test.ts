import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../contract/audit.ts';
import { newAuditLog } from '../../testing/audit-log.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { migrate } from '../../vault/migrations/index.ts';
import { systemActor, type LeafInput } from '../act.ts';
import type { AuditLog } from '../audit-log.ts';
import { AuditSearch } from './audit-search.ts';
import type { LeafFilter } from './filter.ts';

let db: WritableDb;
let log: AuditLog;

beforeEach(() => {
  db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  migrate(db);
  log = newAuditLog(db);
});
afterEach(() => db.close());

const hourMs = 3_600_000;
const words = ['invoice', 'inv', 'in', 'a7f3', '合同', '审查', '报告书', 'Élodie', 'x', '42', 'ﬁle'];
const leafInput = fc.record({
  at: fc.integer({ min: 0, max: 6 }).map((hour) => 1_700_000_000_000 + hour * hourMs),
  name: fc.constantFrom('ada', 'ben', '王小明'),
  action: fc.constantFrom('documents.read', 'documents.import', 'model.call', 'runs.start'),
  subject: fc.constantFrom<string[]>('', 'd-1', 'd-11', 'run/7'),
  caseId: fc.constantFrom<(string | null)[]>(null, 'case-1', 'case-2'),
  outcome: fc.constantFrom('done' as const, 'failed' as const, 'denied' as const),
  reason: fc.constantFrom(null, 'vault/disk-full'),
  details: fc.record({ text: fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((all) => all.join(' ')), pages: fc.nat(9) }),
});
type Input = typeof leafInput extends fc.Arbitrary<infer T> ? T : never;

const append = ({ name, ...leaf }: Input) =>
  db.transaction(() => log.append({ ...leaf, actor: { ...systemActor, personId: name, name } } satisfies LeafInput))();

const filter = fc.record(
  {
    search: fc
      .array(
        fc.constantFrom(
          'invoice',
          'invo',
          'inv',
          'in',
          'x',
          '合同',
          '同审',
          '报告',
          '王小',
          'ELODIE',
          'élo',
          'file',
          'd-1',
          'run/7',
          'disk-full',
          'documents.re',
          '7',
        ),
        {
          maxLength: 2,
        },
      )
      .map((all) => all.join('  ')),
    areas: fc.subarray(['documents', 'model', 'runs']),
    action: fc.constantFrom('documents.read', 'runs.start'),
    actor: fc.constantFrom('ada', '王小明', 'nobody'),
    subject: fc.constantFrom('d-1', 'd-11', ''),
    caseId: fc.constantFrom('case-1', 'case-9'),
    outcome: fc.constantFrom('done', 'denied'),
    from: fc.integer({ min: 0, max: 6 }).map((hour) => 1_700_000_000_000 + hour * hourMs - 5),
    to: fc.integer({ min: 0, max: 6 }).map((hour) => 1_700_000_000_000 + hour * hourMs),
  },
  { requiredKeys: [] },
);

/** Written differently on purpose: a plain look through everything. */
function fits(entry: AuditEntry, wanted: LeafFilter): boolean {
  const { search = '', areas = [], from = 0, to = Number.MAX_VALUE, ...equal } = wanted;
  if (Object.entries(equal).some(([name, value]) => value !== undefined && entry[name as keyof AuditEntry] !== value)) return false;
  if ((areas.length > 0 && !areas.includes(entry.area)) || entry.at < from || entry.at > to) return false;
  const places = [entry.actor, entry.action, entry.subject, entry.caseId, entry.reason, ...Object.values(entry.details)].map((place) =>
    fold(String(place ?? '')),
  );
  return search
    .split(' ')
    .filter((term) => term !== '')
    .every((term) => places.some((place) => holds(place, fold(term))));
}
/** Between Chinese characters a space says nothing. */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')
    .toLowerCase();
const isCjk = (text: string) => /[\u4e00-\u9fff]/.test(text);
const isWord = (character: string | undefined) => character !== undefined && /[a-z0-9]/.test(character);
function holds(place: string, term: string): boolean {
  for (let at = place.indexOf(term); at >= 0; at = place.indexOf(term, at + 1)) {
    const last = term.split(/[^a-z0-9]+/).at(-1) ?? '';
    if (isCjk(term) || (!isWord(place[at - 1]) && (last.length >= 3 || !isWord(place[at + term.length])))) return true;
  }
  return false;
}

test('a search finds exactly what a look through everything finds, however much of the log is indexed', () => {
  fc.assert(
    fc.property(
      fc.array(leafInput, { minLength: 1, maxLength: 25 }),
      fc.array(filter, { minLength: 1, maxLength: 8 }),
      fc.nat(30),
      (leaves, filters, indexed) => {
        leaves.forEach(append);
        log.search.index.catchUp(indexed);
        const all = readAll();
        for (const wanted of filters) {
          const expected = all.filter((entry) => fits(entry, wanted)).toReversed();
          const found = pagesOf(wanted);
          expect(
            found.map(({ sequence }) => sequence),
            JSON.stringify(wanted),
          ).toEqual(expected.map(({ sequence }) => sequence));
          expect(log.list({ ...wanted, limit: 1 })).toMatchObject({ total: expected.length, more: false });
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('with a clock that is set about, pages of a time are those of a look through everything, in turns too', async () => {
  const minutes = fc.oneof(
    fc.nat(30),
    fc.nat(30),
    fc.integer({ min: -5, max: 5 }).map((hours) => hours * 60),
  );
  const small = { gap: fc.nat(4), most: fc.integer({ min: 1, max: 8 }) };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(minutes, leafInput), { minLength: 20, maxLength: 60 }),
      fc.array(fc.tuple(filter, fc.integer({ min: -400, max: 900 }), fc.nat(600)), { minLength: 1, maxLength: 5 }),
      fc.record({ ...small, wholeIsFree: fc.constant(true) }),
      fc.record({ ...small, wholeIsFree: fc.constant(false) }),
      fc.nat(6),
      async (leaves, questions, index, alone, looks) => {
        let at = plain.at;
        for (const [step, leaf] of leaves) append({ ...leaf, at: (at += step * 60_000) });
        const search = new AuditSearch(db, { index, leaves: alone, looks });
        while (search.index.catchUp(7) < log.head().size);
        const all = readAll();
        for (const [others, start, length] of questions) {
          const from = plain.at + start * 60_000;
          const wanted = { ...others, from, to: from + length * 60_000 };
          const expected = all.filter((entry) => fits(entry, wanted)).toReversed();
          const found: AuditEntry[] = [];
          for (let before: number | undefined; ; before = found.at(-1)?.sequence) {
            const page = await search.inTurns(wanted, { limit: 3, before });
            expect(page).toEqual(search.list(wanted, { limit: 3, before }));
            expect(page).toMatchObject({ total: expected.length, more: false, unsearched: 0 });
            found.push(...page.entries);
            if (page.entries.length < 3) break;
          }
          expect(
            found.map(({ sequence }) => sequence),
            JSON.stringify(wanted),
          ).toEqual(expected.map(({ sequence }) => sequence));
        }
      },
    ),
    { numRuns: 25 },
  );
});

const readAll = () => log.list({ limit: 100_000 }).entries.toReversed();

function pagesOf(wanted: LeafFilter): AuditEntry[] {
  const found: AuditEntry[] = [];
  for (let before: number | undefined; ; before = found.at(-1)?.sequence) {
    const { entries } = log.list({ ...wanted, limit: 3, ...(before === undefined ? {} : { before }) });
    found.push(...entries);
    if (entries.length < 3) return found;
  }
}

const plain: Input = {
  at: 1_700_000_000_000,
  name: 'ada',
  action: 'documents.read',
  subject: 's',
  caseId: null,
  outcome: 'done',
  reason: null,
  details: { text: '', pages: 0 },
};

test('a life holds all that names an id, oldest first and in pages; not what names a longer one', () => {
  append({ ...plain, subject: 'd-1', action: 'documents.import' });
  append({ ...plain, subject: 'd-11' });
  append({ ...plain, subject: 'run/7', details: { text: 'd-1', pages: 1 } });
  append({ ...plain, caseId: 'd-1' });
  append({ ...plain, subject: 'd-1', action: 'runs.start' });
  log.search.index.catchUp(3);
  const first = log.search.life('d-1', { limit: 3 });
  expect([first.entries.map(({ sequence }) => sequence), first.more]).toEqual([[0, 2, 3], true]);
  const rest = log.search.life('d-1', { limit: 3, after: 3 });
  expect([rest.entries.map(({ sequence }) => sequence), rest.more]).toEqual([[4], false]);
  expect(log.search.life('--', { limit: 3 })).toEqual({ entries: [], more: false });
});

test('what leaves the log leaves the index, and its pages too', () => {
  for (let each = 0; each < 50; each += 1)
    append({ ...plain, subject: each === 7 ? 'zebracrossing' : 'other', details: { text: 'planted', pages: each % 10 } });
  log.search.index.catchUp(1_000);
  const isOnAPage = () =>
    Buffer.concat(db.prepare('SELECT block FROM audit_search_data').pluck().all() as Buffer[]).includes('zebracrossing');
  expect(isOnAPage()).toBe(true);
  const canonical = db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = 7').pluck().get() as string;
  db.transaction(() => log.search.index.forget([{ sequence: 7, canonical }]))();
  expect(log.list({ search: 'zebracrossing', limit: 9 })).toMatchObject({ entries: [], total: 0 });
  expect(log.list({ search: 'planted', limit: 9 }).total).toBe(49);
  expect(isOnAPage()).toBe(false);
});

test('an index of another form is made anew, whatever was in it', () => {
  for (let each = 0; each < 5; each += 1) append({ ...plain, details: { text: 'planted', pages: each } });
  log.search.index.catchUp(3);
  db.exec("UPDATE audit_search_edge SET form = 0; INSERT INTO audit_search (rowid, text, facets) VALUES (99, 'planted', '')");
  expect(new AuditSearch(db).list({ search: 'planted' }, { limit: 9 })).toMatchObject({ total: 5, unsearched: 0 });
  expect(db.prepare('SELECT count(*) FROM audit_search_docsize').pluck().get()).toBe(5);
});

test('an entry that was overwritten is not found, and keeps none of the others from being found', () => {
  const leaf = { at: 1, name: 'ada', action: 'documents.read', subject: 'd-1', caseId: null, outcome: 'done', reason: null } as const;
  for (let each = 0; each < 3; each += 1) append({ ...leaf, details: { text: 'invoice', pages: 1 } });
  db.exec("DROP TRIGGER audit_leaves_only_pruned; UPDATE audit_leaves SET canonical = '{}' WHERE sequence = 1");
  const search = new AuditSearch(db);
  const sequences = ({ entries }: { entries: AuditEntry[] }) => entries.map(({ sequence }) => sequence);
  expect(sequences(search.list({ search: 'invoice' }, { limit: 9 }))).toEqual([2, 0]);
  expect(sequences(search.list({}, { limit: 9 }))).toEqual([2, 0]);
  expect(sequences(search.life('d-1', { limit: 9 }))).toEqual([0, 2]);
  expect(sequences({ entries: search.at([0, 1, 2]) })).toEqual([0, 2]);
});

test('a life is told whole, however much was written since the index was made', async () => {
  const leaf = { at: 1, name: 'ada', action: 'documents.read', caseId: null, outcome: 'done', reason: null } as const;
  const search = new AuditSearch(db);
  db.transaction(() => {
    for (let each = 0; each < 6_000; each += 1) append({ ...leaf, subject: `d-${each % 1_000}`, details: { text: '', pages: 1 } });
  })();
  await search.caughtUp();
  expect(search.life('d-900', { limit: 9 }).entries.map(({ sequence }) => sequence)).toEqual([900, 1900, 2900, 3900, 4900, 5900]);
});
