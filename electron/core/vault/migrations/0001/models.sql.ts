/**
 * Models brought in by people. The files lie outside the vault (`models/<sha256>.gguf` beside it, or where they were
 * linked): weights are not secret. The models that ship with Redoubt have no row; `settings` may name one as default.
 */
export const modelsSql = `
CREATE TABLE models (
  id TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  storage TEXT NOT NULL CHECK (storage IN ('copied', 'linked')),
  path TEXT NOT NULL,
  modified_ms INTEGER NOT NULL,
  label TEXT CHECK (label IN ('test', 'demonstration')),
  header TEXT NOT NULL CHECK (json_valid(header)),
  cache_bytes_per_token INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE model_default (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  model_id TEXT NOT NULL
) STRICT;
`;
