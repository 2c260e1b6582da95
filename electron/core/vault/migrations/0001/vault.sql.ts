export const vaultSql = `
CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  vault_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Set while the vault is open: still set at the next opening, it was not closed in order.
  open_since INTEGER,
  -- Transactions that changed something; the anchor outside the database counts them too.
  commits INTEGER NOT NULL DEFAULT 0,
  -- The generation of vault.json that was written last: an older file put back is recognised.
  slots_generation INTEGER NOT NULL DEFAULT 0,
  -- Of the files in blobs/, when the vault was last closed; exact or to be counted anew.
  blob_bytes INTEGER NOT NULL DEFAULT 0,
  blob_count INTEGER NOT NULL DEFAULT 0,
  blobs_counted INTEGER NOT NULL DEFAULT 1,
  -- Pages that the check after an unclean stop has been through; null when none is due.
  checked_pages INTEGER
) STRICT;

-- Random keys that stay the same when the vault key is replaced.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

-- Replacements of the vault key, by the epoch of the new one.
CREATE TABLE rotations (
  epoch INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  started_by TEXT NOT NULL,
  -- Null while it goes on.
  finished_at INTEGER
) STRICT;
`;
