/**
 * Cases and who is in them. Every table with a `case_id` belongs to its case: removing a case deletes its rows there, so
 * what hangs on such a row must go with it (ON DELETE CASCADE). `case_removals` holds what a removal still has to erase
 * and prove; it is empty but for a removal that was interrupted.
 */
export const casesSql = `
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Whose own case it is; such a case is never shared, closed or removed.
  personal_of TEXT UNIQUE REFERENCES people (id),
  classification TEXT NOT NULL CHECK (classification IN ('public', 'internal', 'confidential', 'secret')),
  purpose TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  retention_days INTEGER,
  hold_reason TEXT,
  hold_since INTEGER,
  hold_by TEXT,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((hold_reason IS NULL) = (hold_since IS NULL) AND (hold_reason IS NULL) = (hold_by IS NULL))
) STRICT;

CREATE TABLE case_members (
  case_id TEXT NOT NULL REFERENCES cases (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  access TEXT NOT NULL CHECK (access IN ('read', 'write', 'lead')),
  since INTEGER NOT NULL,
  PRIMARY KEY (case_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_members_person ON case_members (person_id);

CREATE TABLE case_removals (
  removed_id TEXT PRIMARY KEY,
  proof TEXT NOT NULL CHECK (json_valid(proof))
) STRICT;
`;
