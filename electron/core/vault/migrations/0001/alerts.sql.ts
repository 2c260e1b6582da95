/** What the audit log shows that somebody should look into, and what the rules remember of people to tell it. */
export const alertsSql = `
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  -- What makes two findings one alert: the rule, the person and the window.
  key TEXT NOT NULL UNIQUE,
  severity TEXT NOT NULL,
  person_id TEXT,
  person_name TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  -- JSON, as the contract has them.
  facts TEXT NOT NULL,
  evidence TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'expected', 'incident')),
  decided_by TEXT,
  decided_at INTEGER,
  note TEXT,
  -- Sequence of the newest leaf that it was raised or brought up to date by.
  last_sequence INTEGER NOT NULL,
  -- Findings of its key since it was decided, of which it says nothing.
  since INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX alerts_last ON alerts (last_at);

CREATE TABLE alert_rules (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  rules TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Up to which sequence the log was looked at.
CREATE TABLE alert_edge (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL
) STRICT;

-- Acts a day (YYYY-MM-DD in the machine's zone).
CREATE TABLE alert_days (
  person_id TEXT NOT NULL,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;

-- What a moving window still holds.
CREATE TABLE alert_windows (
  rule TEXT NOT NULL,
  person_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  boot TEXT NOT NULL,
  uptime_ms INTEGER NOT NULL,
  action TEXT NOT NULL,
  -- For how many acts the leaf stands.
  weight INTEGER NOT NULL,
  PRIMARY KEY (rule, person_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_devices (
  person_id TEXT NOT NULL,
  device TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_people (
  person_id TEXT PRIMARY KEY,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
