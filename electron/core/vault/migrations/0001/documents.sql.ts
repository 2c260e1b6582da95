export const documentsSql = `
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'image', 'text', 'markdown', 'unknown')),
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'reading', 'ready', 'failed', 'cancelled')),
  page_count INTEGER,
  pages_read INTEGER NOT NULL DEFAULT 0,
  ocr_pages INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  error_message TEXT,
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  duration_ms REAL,
  -- Equal content is one document of a case; other cases have their own.
  UNIQUE (case_id, sha256)
) STRICT;
CREATE INDEX documents_by_case ON documents (case_id, imported_at);
CREATE INDEX documents_by_status ON documents (status);
CREATE INDEX documents_by_blob ON documents (blob);

-- One page as it was read; words is JSON: [[text, x0, y0, x1, y1, confidence], …].
CREATE TABLE document_pages (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('text', 'ocr')),
  text TEXT NOT NULL,
  words TEXT NOT NULL,
  problem_code TEXT,
  problem_message TEXT,
  PRIMARY KEY (document_id, number)
) STRICT, WITHOUT ROWID;
`;
