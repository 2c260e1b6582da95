/** Witnesses of the audit log whose keys this vault trusts, and the heads that they cosigned. */
export const witnessSql = `
CREATE TABLE witnesses (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Verifier key of a signed note: name, key id and public key.
  key TEXT NOT NULL UNIQUE,
  folder TEXT,
  added_at INTEGER NOT NULL,
  -- What it last found wrong with this log.
  alarm TEXT CHECK (alarm IN ('older', 'forked', 'other-key')),
  alarm_at INTEGER,
  alarm_size INTEGER,
  removed_at INTEGER
) STRICT;

CREATE TABLE cosignatures (
  witness_id TEXT NOT NULL REFERENCES witnesses (id),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- Seconds since the epoch by the clock of the witness.
  at INTEGER NOT NULL,
  -- The signed head that was cosigned, and the line of the cosignature.
  checkpoint TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (witness_id, size)
) STRICT, WITHOUT ROWID;
CREATE INDEX cosignatures_size ON cosignatures (size);
`;
