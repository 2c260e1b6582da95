import { z } from 'zod';
import { person, type Person } from '../contract/identity.ts';
import type { WritableDb } from '../vault/database.ts';
import { foldUserName } from '../vault/key-slots.ts';

const row = z
  .object({
    id: z.string(),
    user_name: z.string(),
    display_name: z.string(),
    role: person.shape.role,
    status: person.shape.status,
    created_at: z.number(),
    last_sign_in_at: z.number().nullable(),
  })
  .transform((r): Person => ({
    id: r.id,
    userName: r.user_name,
    displayName: r.display_name,
    role: r.role,
    status: r.status,
    createdAt: r.created_at,
    lastSignInAt: r.last_sign_in_at,
  }));

export class PeopleRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  list(): Person[] {
    return this.#db
      .prepare('SELECT * FROM people ORDER BY created_at, user_name')
      .all()
      .map((r) => row.parse(r));
  }

  byId(id: string): Person | null {
    return parse(this.#db.prepare('SELECT * FROM people WHERE id = ?').get(id));
  }

  /** SQLite folds the case of ASCII only, so names are compared here. */
  byUserName(userName: string): Person | null {
    const wanted = foldUserName(userName);
    return this.list().find((each) => foldUserName(each.userName) === wanted) ?? null;
  }

  add(added: Person): void {
    this.#db
      .prepare('INSERT INTO people (id, user_name, display_name, role, status, created_at, last_sign_in_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(added.id, added.userName, added.displayName, added.role, added.status, added.createdAt, added.lastSignInAt);
  }

  setStatus(id: string, status: Person['status']): void {
    this.#db.prepare('UPDATE people SET status = ? WHERE id = ?').run(status, id);
  }

  setLastSignIn(id: string, at: number): void {
    this.#db.prepare('UPDATE people SET last_sign_in_at = ? WHERE id = ?').run(at, id);
  }
}

function parse(found: unknown): Person | null {
  return found === undefined ? null : row.parse(found);
}
