export const vaultSql = `
CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  vault_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Set while the vault is open: still set at the next opening, it was not closed in order.
  open_since INTEGER
) STRICT;
`;
