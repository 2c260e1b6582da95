import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash } from '../../electron/core/audit/merkle.ts';
import { leafText } from '../../electron/core/audit/leaf.ts';
import { AuditSearch } from '../../electron/core/audit/search/audit-search.ts';
import type { LeafFilter } from '../../electron/core/audit/search/filter.ts';
import { openDatabase, type WritableDb } from '../../electron/core/vault/database.ts';
import { migrate } from '../../electron/core/vault/migrations/index.ts';
import { statistics } from './statistics.ts';

const runs = 20;
const startedAt = Date.UTC(2024, 0, 1);
const stepMs = 40_000;
const people = ['ada', 'ben', '王小明', 'zoe', 'audit-admin', 'system'];
const actions = [
  'documents.read',
  'documents.import',
  'runs.start',
  'runs.finish',
  'model.call',
  'chat.send',
  'identity.sign-in',
  'policies.set',
];

/** Times of the timeline's searches over a log of `leaves` entries in an encrypted vault, ms. */
export function searchFigures(leaves: number): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-search-'));
  const db = openDatabase(join(folder, 'vault.db'), Buffer.alloc(32, 7), 'create');
  try {
    migrate(db);
    const rare = fill(db, leaves);
    const search = new AuditSearch(db);
    const bytesBefore = bytesOf(db);
    const began = performance.now();
    while (search.index.catchUp(1_000) < leaves);
    const indexSeconds = (performance.now() - began) / 1000;
    return {
      leaves,
      index: {
        seconds: Math.round(indexSeconds),
        perLeafMs: Math.round((indexSeconds / leaves) * 1e6) / 1000,
        megabytes: Math.round((bytesOf(db) - bytesBefore) / 1e6),
        databaseMegabytes: Math.round(statSync(join(folder, 'vault.db')).size / 1e6),
      },
      search: timesOf(search, rare, leaves),
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each kind of question several times; `all` is over all of them together, `cpu` what of it this process worked. */
function timesOf(search: AuditSearch, rare: string, leaves: number): Record<string, unknown> {
  const endedAt = startedAt + leaves * stepMs;
  const questions: Readonly<Record<string, LeafFilter>> = {
    newest: {},
    rareId: { search: rare },
    commonWord: { search: 'documents' },
    beginning: { search: 'docum' },
    twoCommonWords: { search: 'ada finish' },
    chinese: { search: '小明' },
    chineseInDetails: { search: '合同审查' },
    nothing: { search: 'nowhere-to-be-found' },
    shortHexadecimal: { search: 'a7f' },
    person: { actor: 'ben' },
    personAreaOutcome: { actor: 'zoe', areas: ['documents', 'runs'], outcome: 'denied' },
    neverTogether: { actor: 'system', action: 'policies.set', search: '合同' },
    oneDay: { from: endedAt - 86_400_000, to: endedAt },
    oldDayOfPerson: { actor: 'ada', from: startedAt + 86_400_000, to: startedAt + 2 * 86_400_000 },
    halfOfAll: { search: 'runs', from: startedAt, to: startedAt + (leaves * stepMs) / 2 },
  };
  const all: number[] = [];
  const cpu: number[] = [];
  const each = Object.entries(questions).map(([name, filter]) => {
    const samples: number[] = [];
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const began = performance.now();
      const worked = process.cpuUsage();
      found = search.list(filter, { limit: 200 }).total;
      const { user, system } = process.cpuUsage(worked);
      samples.push(performance.now() - began);
      cpu.push((user + system) / 1000);
    }
    all.push(...samples);
    return [name, { found, ...statistics(samples) }];
  });
  const life: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    search.life(rare, { limit: 200 });
    life.push(performance.now() - began);
  }
  return { all: statistics(all), cpu: statistics(cpu), life: statistics(life), ...Object.fromEntries(each) };
}

/** Leaves as work makes them; returns an id that few of them name. */
function fill(db: WritableDb, leaves: number): string {
  const rare = randomUUID();
  const insert = db.prepare('INSERT INTO audit_leaves (sequence, canonical, leaf_hash) VALUES (?, ?, ?)');
  const cases = Array.from({ length: 20 }, () => randomUUID());
  let at = startedAt;
  const leaf = (sequence: number) => {
    const name = people[sequence % people.length] ?? '';
    const action = actions[(sequence * 7 + Math.floor(sequence / 11)) % actions.length] ?? '';
    at += stepMs;
    return leafText(
      sequence,
      {
        at,
        actor: { personId: name, name, session: `session-${Math.floor(sequence / 500)}`, role: 'analyst' },
        action,
        subject: sequence % 50_000 === 17 ? rare : randomUUID(),
        caseId: cases[sequence % cases.length] ?? null,
        outcome: sequence % 97 === 0 ? 'denied' : 'done',
        reason: sequence % 97 === 0 ? 'identity/denied' : null,
        details: {
          promptHash: createHash('sha256').update(String(sequence)).digest('hex'),
          name: sequence % 13 === 0 ? '合同审查报告' : `file ${sequence}.pdf`,
          pages: sequence % 40,
        },
      },
      { boot: 'bench', uptimeMs: () => sequence },
    );
  };
  for (let from = 0; from < leaves; from += 10_000)
    db.transaction(() => {
      for (let sequence = from; sequence < Math.min(leaves, from + 10_000); sequence += 1) {
        const canonical = leaf(sequence);
        insert.run(sequence, canonical, leafHash(Buffer.from(canonical)));
      }
    })();
  return rare;
}

function bytesOf(db: WritableDb): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}
