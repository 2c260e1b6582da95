/** Who signs reports. Private keys are wrapped in `signing_keys`; that of a token never leaves the token. */
export const signingSql = `
CREATE TABLE report_root (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  certificate BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- certificate: issued by report_root, but for sm2, which signs its own. chain: what the organisation's authority issued, PEM.
CREATE TABLE report_keys (
  purpose TEXT PRIMARY KEY CHECK (purpose IN ('vault', 'token', 'time-stamp', 'sm2')),
  algorithm TEXT NOT NULL,
  public_key BLOB NOT NULL,
  certificate BLOB NOT NULL,
  chain TEXT,
  token_serial TEXT,
  token_label TEXT,
  token_key_id TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Roots of organisations that chains led to, also former ones: kept reports lead there.
CREATE TABLE report_organisation_roots (
  certificate BLOB PRIMARY KEY,
  imported_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report_signing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  signer TEXT NOT NULL CHECK (signer IN ('vault', 'token')),
  time_stamp INTEGER NOT NULL CHECK (time_stamp IN (0, 1)),
  sm2 INTEGER NOT NULL CHECK (sm2 IN (0, 1))
) STRICT;
`;
