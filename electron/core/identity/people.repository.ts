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
    source: person.shape.source,
    created_at: z.number(),
    last_sign_in_at: z.number().nullable(),
    password_changed_at: z.number(),
    must_change_password: z.number(),
    second_factor: person.shape.secondFactor,
  })
  .transform((r): Person => ({
    id: r.id,
    userName: r.user_name,
    displayName: r.display_name,
    role: r.role,
    status: r.status,
    source: r.source,
    createdAt: r.created_at,
    lastSignInAt: r.last_sign_in_at,
    passwordChangedAt: r.password_changed_at,
    mustChangePassword: r.must_change_password === 1,
    // Kept outside the database: see `lockout.ts`.
    lockedUntil: null,
    secondFactor: r.second_factor,
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
      .prepare(
        `INSERT INTO people (id, user_name, display_name, role, status, source, created_at, last_sign_in_at, password_changed_at,
           must_change_password, second_factor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        added.id,
        added.userName,
        added.displayName,
        added.role,
        added.status,
        added.source,
        added.createdAt,
        added.lastSignInAt,
        added.passwordChangedAt,
        added.mustChangePassword ? 1 : 0,
        added.secondFactor,
      );
  }

  setRole(id: string, role: Person['role']): void {
    this.#db.prepare('UPDATE people SET role = ? WHERE id = ?').run(role, id);
  }

  setPassword(id: string, at: number, mustChange: boolean): void {
    this.#db.prepare('UPDATE people SET password_changed_at = ?, must_change_password = ? WHERE id = ?').run(at, mustChange ? 1 : 0, id);
  }

  setSecondFactor(id: string, factor: Person['secondFactor']): void {
    this.#db.prepare('UPDATE people SET second_factor = ? WHERE id = ?').run(factor, id);
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
