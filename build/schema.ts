// npm run schema: writes the generated schema.sql that is reviewed with every migration.
import Database from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrate } from '../electron/core/vault/migrations/index.ts';
import { describeSchema } from '../electron/core/vault/migrations/schema.ts';

const db = new Database(':memory:');
migrate(db);
writeFileSync(fileURLToPath(new URL('../electron/core/vault/migrations/schema.sql', import.meta.url)), describeSchema(db));
