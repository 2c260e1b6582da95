import { z } from 'zod';
import type { ResourceKind } from '../contract/base.ts';
import type { WritableDb } from '../vault/database.ts';

/** Where something belongs. */
export type Place = {
  readonly caseId: string;
  /** Set for what is one person's alone, even inside the case. */
  readonly personId: string | null;
};

const queries: Record<ResourceKind, string> = {
  case: 'SELECT id, id AS case_id, NULL AS person_id FROM cases',
  document: 'SELECT id, case_id, NULL AS person_id FROM documents',
  flow: 'SELECT id, case_id, NULL AS person_id FROM flows',
  run: 'SELECT id, case_id, NULL AS person_id FROM runs',
  conversation: 'SELECT id, case_id, person_id FROM conversations',
  // One about the vault belongs to no case and is nothing that a case's reader may name.
  report: 'SELECT id, case_id, NULL AS person_id FROM (SELECT id, case_id FROM reports WHERE case_id IS NOT NULL)',
};
const row = z.object({ id: z.string(), case_id: z.string(), person_id: z.string().nullable() });

/** Finds the cases of many ids of one kind with one query; an id that is not there is absent from the answer. */
export function locate(db: WritableDb, kind: ResourceKind, ids: Iterable<string>): Map<string, Place> {
  const rows = db.prepare(`${queries[kind]} WHERE id IN (SELECT value FROM json_each(?))`).all(JSON.stringify([...ids]));
  return new Map(
    rows.map((found) => {
      const { id, case_id: caseId, person_id: personId } = row.parse(found);
      return [id, { caseId, personId }];
    }),
  );
}
