/** What reports look like: the organisation they come from and its own templates. The logo is a PNG that the documents process wrote. */
export const designSql = `
CREATE TABLE organisation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  name TEXT,
  classification TEXT,
  logo BLOB,
  logo_width INTEGER,
  logo_height INTEGER
) STRICT;

CREATE TABLE report_templates (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;
`;
