export const vaultSql = `
CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  vault_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  samples_installed INTEGER NOT NULL DEFAULT 0
) STRICT;
`;
