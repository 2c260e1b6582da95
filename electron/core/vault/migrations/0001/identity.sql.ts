export const identitySql = `
CREATE TABLE people (
  id TEXT PRIMARY KEY,
  user_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN (
    'owner', 'analyst', 'model-steward', 'viewer', 'system-administrator', 'security-administrator', 'audit-administrator'
  )),
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
  source TEXT NOT NULL CHECK (source IN ('local', 'directory')),
  created_at INTEGER NOT NULL,
  last_sign_in_at INTEGER,
  password_changed_at INTEGER NOT NULL,
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
  -- As the key slot in vault.json says, which is what counts.
  second_factor TEXT CHECK (second_factor IN ('token', 'certificate'))
) STRICT;

-- Argon2id hashes of the passwords a person has had, in PHC form, so that a policy can refuse them.
CREATE TABLE former_passwords (
  person_id TEXT NOT NULL REFERENCES people (id),
  set_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (person_id, set_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  mode TEXT NOT NULL CHECK (mode IN ('personal', 'separated')),
  policies TEXT NOT NULL
) STRICT;

-- The directory server that may be asked for people and their passwords.
CREATE TABLE directory (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  class TEXT NOT NULL,
  -- For people to read: without secrets.
  input TEXT NOT NULL,
  -- Slow hash of the whole input, secrets included.
  input_hash TEXT NOT NULL,
  requested_by TEXT NOT NULL REFERENCES people (id),
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn', 'used')),
  decided_by TEXT REFERENCES people (id),
  decided_at INTEGER,
  comment TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX approvals_by_request ON approvals (requested_by, call, input_hash);
`;
