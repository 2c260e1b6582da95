import { z } from 'zod';
import type { LeafContent } from '../../../audit/leaf.ts';
import type { VaultFacts } from '../../../compliance/vault-facts.ts';
import { sha256 as sha256Shape } from '../../../contract/base.ts';
import { AppError } from '../../../errors.ts';
import type { ModelRecord } from '../../../models/model-record.ts';
import type { WritableDb } from '../../../vault/database.ts';
import type { ModelData } from './data.ts';

/** What is known of a model, there or removed. @throws AppError `models/not-found` */
export function gatherModel(vault: VaultFacts, records: readonly ModelRecord[], id: string): ModelData {
  const record = records.find((each) => each.id === id) ?? null;
  const history = vault.leaves.of([id]).filter(({ area }) => area === 'models');
  if (!record && history.length === 0)
    throw new AppError('models/not-found', 'There is no such model in this vault, and the audit log knows none. No report was made.', {
      id,
    });
  const imported = history.find(({ action }) => action === 'models.import');
  const sameName = (other: ModelRecord) => other.id !== id && record?.header.name !== null && other.header.name === record?.header.name;
  return {
    id,
    card: record && {
      displayName: record.displayName,
      sha256: record.sha256,
      storage: record.storage,
      label: record.label,
      importedAt: record.storage === 'built-in' ? null : record.importedAt,
      importedBy: imported?.actor ?? null,
      header: record.header,
    },
    sha256: record?.sha256 ?? hashIn(imported),
    history: history.map((leaf) => {
      const { sequence, at, actor, action, outcome } = leaf;
      return { sequence, at, actor, action, outcome, sha256: hashIn(leaf) };
    }),
    versions: records.filter(sameName).map((other) => ({
      id: other.id,
      displayName: other.displayName,
      sha256: other.sha256,
      quantisation: other.header.quantisation,
      importedAt: other.storage === 'built-in' ? null : other.importedAt,
    })),
    use: usageOf(vault.db, record?.displayName ?? null),
  };
}

const totals = z.object({
  count: z.number(),
  failed: z.number(),
  tokens: z.number(),
  first: z.number().nullable(),
  last: z.number().nullable(),
});
const counted = z.array(z.object({ name: z.string(), count: z.number() }));

/** Steps of runs and answers in conversations carry the model's name as it was shown then. */
function usageOf(db: WritableDb, name: string | null): ModelData['use'] {
  const total = (table: string) =>
    totals.parse(
      db
        .prepare(
          `SELECT count(*) AS count, COALESCE(SUM(state = 'failed'), 0) AS failed, COALESCE(SUM(tokens), 0) AS tokens,
           MIN(${table === 'messages' ? 'created_at' : 'started_at'}) AS first, MAX(${table === 'messages' ? 'created_at' : 'started_at'}) AS last
           FROM ${table} WHERE model = ?`,
        )
        .get(name),
    );
  const steps = total('run_steps');
  const messages = total('messages');
  const runs = z.number().parse(db.prepare('SELECT count(DISTINCT run_id) FROM run_steps WHERE model = ?').pluck().get(name));
  const months = counted.parse(
    db
      .prepare(
        `SELECT strftime('%Y-%m', at / 1000, 'unixepoch') AS name, count(*) AS count FROM (
           SELECT started_at AS at FROM run_steps WHERE model = @name AND started_at IS NOT NULL
           UNION ALL SELECT created_at FROM messages WHERE model = @name) GROUP BY 1 ORDER BY 1`,
      )
      .all({ name }),
  );
  const nodes = counted.parse(
    db.prepare('SELECT node_type AS name, count(*) AS count FROM run_steps WHERE model = ? GROUP BY 1 ORDER BY 2 DESC').all(name),
  );
  const times = [steps.first, steps.last, messages.first, messages.last].filter((at) => at !== null);
  return {
    runs,
    steps: steps.count,
    failedSteps: steps.failed,
    messages: messages.count,
    tokens: steps.tokens + messages.tokens,
    first: times.length === 0 ? null : Math.min(...times),
    last: times.length === 0 ? null : Math.max(...times),
    months: months.map(({ name: month, count }) => ({ month, calls: count })),
    nodeTypes: Object.fromEntries(nodes.map(({ name: type, count }) => [type, count])),
  };
}

function hashIn(leaf: LeafContent | undefined): string | null {
  const found = sha256Shape.safeParse(leaf?.details['sha256']);
  return found.success ? found.data : null;
}
