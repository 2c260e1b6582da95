/**
 * Signed reports: rows here, their files as blobs.
 * A report of a case goes with it; one without a case is about the vault and holds no content.
 */
export const reportsSql = `
CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  case_id TEXT REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('run', 'case', 'person', 'model', 'access', 'compliance', 'egress')),
  -- What one without a case is about.
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  CHECK ((case_id IS NOT NULL) = (kind IN ('run', 'case')))
) STRICT;
CREATE INDEX reports_case ON reports (case_id);

CREATE TABLE report_runs (
  report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_runs_run ON report_runs (run_id);

CREATE TABLE report_files (
  report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_files_blob ON report_files (blob);
`;
