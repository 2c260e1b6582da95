import { z } from 'zod';
import { json, type Json } from '../contract/base.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Scope } from './scope.ts';

type Row = Record<string, Json>;
const rowShape = z.record(z.string(), json);

/** Columns that hold content or give it away; of a case whose content is not for who exports, the rest remains. */
const content: ReadonlySet<string> = new Set(['name', 'caseName', 'purpose', 'document', 'title', 'text', 'documentName', 'attachments']);

const queries = {
  cases: `SELECT cases.id AS caseId, cases.name AS caseName, classification, purpose, state, personal_of IS NOT NULL AS personal, access, since
    FROM case_members JOIN cases ON cases.id = case_id WHERE person_id = @id ORDER BY since`,
  documents: `SELECT id, case_id AS caseId, name, kind, size, sha256, status, page_count AS pageCount, imported_at AS importedAt
    FROM documents WHERE imported_by = @userName ORDER BY imported_at`,
  flows: `SELECT flow_id AS flowId, case_id AS caseId, flow_versions.version, name, node_count AS nodeCount, document, saved_at AS savedAt
    FROM flow_versions JOIN flows ON flows.id = flow_id WHERE saved_by = @userName ORDER BY saved_at`,
  runs: `SELECT id, case_id AS caseId, flow_id AS flowId, flow_name AS name, flow_version AS flowVersion, state, item_count AS itemCount,
    items_succeeded AS itemsSucceeded, items_failed AS itemsFailed, started_at AS startedAt, finished_at AS finishedAt
    FROM runs WHERE started_by = @userName ORDER BY started_at`,
  conversations: `SELECT id, case_id AS caseId, title, created_at AS createdAt, updated_at AS updatedAt
    FROM conversations WHERE person_id = @id ORDER BY created_at`,
  messages: `SELECT messages.id, case_id AS caseId, conversation_id AS conversationId, position, role, state, text, model, tokens, messages.created_at AS createdAt,
    (SELECT json_group_array(name) FROM message_attachments WHERE message_id = messages.id) AS attachments
    FROM messages JOIN conversations ON conversations.id = conversation_id WHERE person_id = @id ORDER BY conversation_id, position`,
  reports: `SELECT id, case_id AS caseId, title, language, created_at AS createdAt FROM reports WHERE created_by = @userName ORDER BY created_at`,
} as const;
export type RecordKind = keyof typeof queries;
export const recordKinds = Object.keys(queries) as RecordKind[];

/** Whoever may read a case still reads only their own conversations in it. */
const ownOnly: ReadonlySet<RecordKind> = new Set(['conversations', 'messages']);

/** What the tables of the cases hold of one person's doing; content only of what `asker` may read. */
export function recordsOf(
  db: WritableDb,
  kind: RecordKind,
  person: { readonly id: string; readonly userName: string },
  asker: Scope,
): Row[] {
  const kindIsShown = !ownOnly.has(kind) || person.id === asker.personId;
  const rows = db.prepare(queries[kind]).all({ id: person.id, userName: person.userName });
  return rows.map((row) => {
    const { caseId, ...others } = rowShape.parse(row);
    const withContent = kindIsShown && typeof caseId === 'string' && asker.can('read', caseId);
    const shown = Object.entries({ caseId: caseId ?? null, ...others }).filter(([column]) => withContent || !content.has(column));
    return Object.fromEntries(shown.map(([column, value]) => [column, inner.has(column) ? parsed(value) : value]));
  });
}

/** Columns that hold JSON. */
const inner: ReadonlySet<string> = new Set(['document', 'attachments']);
function parsed(value: Json): Json {
  return typeof value === 'string' ? json.parse(JSON.parse(value)) : value;
}
