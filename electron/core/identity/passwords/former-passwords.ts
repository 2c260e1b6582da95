import { hash, verify } from '@node-rs/argon2';
import type { WritableDb } from '../../vault/database.ts';
import { floorCost } from '../../vault/kdf.ts';

/** `Algorithm.Argon2id`, a const enum that stripped types cannot read. */
const argon2id = 2;

/** Hashes of the passwords people have had, inside the vault. None is kept where the policy does not ask for it. */
export class FormerPasswords {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Argon2id in PHC form. */
  hash(password: string): Promise<string> {
    const { memory, iterations, parallelism } = floorCost;
    return hash(password.normalize('NFC'), { algorithm: argon2id, memoryCost: memory, timeCost: iterations, parallelism });
  }

  /** Is it one of the last `count` of this person? */
  async includes(personId: string, password: string, count: number): Promise<boolean> {
    for (const known of this.#newest(personId, count)) if (await verify(known, password.normalize('NFC'))) return true;
    return false;
  }

  /** Notes a password in the transaction that sets it, and forgets all but the last `keep`. */
  note(personId: string, passwordHash: string, keep: number): void {
    const last = this.#db.prepare('SELECT max(set_at) FROM former_passwords WHERE person_id = ?').pluck().get(personId) as number | null;
    const setAt = Math.max(Date.now(), (last ?? 0) + 1);
    this.#db.prepare('INSERT INTO former_passwords (person_id, set_at, hash) VALUES (?, ?, ?)').run(personId, setAt, passwordHash);
    this.#db
      .prepare(
        `DELETE FROM former_passwords WHERE person_id = ? AND set_at NOT IN
           (SELECT set_at FROM former_passwords WHERE person_id = ? ORDER BY set_at DESC LIMIT ?)`,
      )
      .run(personId, personId, keep);
  }

  #newest(personId: string, count: number): string[] {
    return this.#db
      .prepare('SELECT hash FROM former_passwords WHERE person_id = ? ORDER BY set_at DESC LIMIT ?')
      .pluck()
      .all(personId, count) as string[];
  }
}
