/** Conversations belong to one person, inside a case. Attachments keep the name: the document may be removed later. */
export const chatSql = `
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_case ON conversations (case_id);
CREATE INDEX conversations_person ON conversations (person_id, updated_at);

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  state TEXT NOT NULL CHECK (state IN ('complete', 'streaming', 'stopped', 'failed')),
  format TEXT NOT NULL CHECK (format IN ('markdown', 'plain')),
  text TEXT NOT NULL,
  model TEXT,
  model_label TEXT,
  tokens INTEGER,
  duration_ms REAL,
  error TEXT,
  notices TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  UNIQUE (conversation_id, position)
) STRICT;
CREATE INDEX messages_streaming ON messages (state) WHERE state = 'streaming';

CREATE TABLE message_attachments (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
`;
