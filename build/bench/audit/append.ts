import { randomBytes } from 'node:crypto';
import { AuditedAct, type LeafSink } from '../../../electron/core/audit/act.ts';
import type { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import type { WritableDb } from '../../../electron/core/vault/database.ts';
import { statistics } from '../statistics.ts';
import { secondsOf, shuffled } from '../vault/timed.ts';
import { sampleLeaf } from './filled-log.ts';

const acts = 1_000;
const rounds = 15;
const rowBytes = 500;

/**
 * What a leaf costs over the transaction of its act: the same transactions with it and without, turn by turn, in a log
 * that is large already. Each transaction waits for the disk.
 */
export function appendFigures(db: WritableDb, audit: AuditLog): Record<string, unknown> {
  db.exec('CREATE TABLE bench (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO bench (value) VALUES (?)');
  const without: LeafSink = { append: () => ({ sequence: 0 }) };
  const sinks = { with: audit, without } as const;
  const ms: Record<keyof typeof sinks, number[]> = { with: [], without: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const which of shuffled(['with', 'without'] as const)) {
      const seconds = secondsOf(() => {
        for (let each = 0; each < acts; each += 1) {
          const { actor, action, subject, caseId, details } = sampleLeaf(round * acts + each, 0);
          new AuditedAct(db, sinks[which], actor, action).commit({ subject, caseId: caseId ?? null, details }, () =>
            insert.run(randomBytes(rowBytes)),
          );
        }
      });
      ms[which].push((seconds * 1_000) / acts);
    }
  const over = ms.with.map((each, round) => each - (ms.without[round] ?? 0));
  return {
    acts: acts * rounds,
    actMs: statistics(ms.without),
    actWithLeafMs: statistics(ms.with),
    leafMs: { ...statistics(over), target: 0.2 },
  };
}
