import { z } from 'zod';
import type { WritableDb } from '../../vault/database.ts';
import type { WrappedKey } from '../log-keys.ts';
import type { Seal } from './seal.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const sealRow = z.object({
  epoch: z.number(),
  at: z.number(),
  size: z.number(),
  root: bytes,
  previous: bytes,
  nextKey: bytes,
  signature: bytes,
});
const keyRow = z.object({ epoch: z.number(), keyEpoch: z.number(), wrapped: bytes });
const startRow = z.object({ publicKey: bytes, signature: bytes });
const columns = 'epoch, at, size, root, previous, next_key AS nextKey, signature';

/** The seals, and the private key of the epoch that is open. */
export class SealsRepository {
  readonly #db: WritableDb;
  readonly #sealedSize;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#sealedSize = db.prepare('SELECT size FROM audit_seals ORDER BY epoch DESC LIMIT 1').pluck();
  }

  /** How many leaves the newest seal covers. */
  sealedSize(): number {
    return (this.#sealedSize.get() as number | undefined) ?? 0;
  }

  start(): z.infer<typeof startRow> | null {
    const sql = 'SELECT public_key AS publicKey, signature FROM audit_seal_start';
    return startRow.nullable().parse(this.#db.prepare(sql).get() ?? null);
  }

  addStart(publicKey: Uint8Array, signature: Uint8Array): void {
    this.#db.prepare('INSERT INTO audit_seal_start (id, public_key, signature) VALUES (1, ?, ?)').run(publicKey, signature);
  }

  newest(): Seal | null {
    const sql = `SELECT ${columns} FROM audit_seals ORDER BY epoch DESC LIMIT 1`;
    return sealRow.nullable().parse(this.#db.prepare(sql).get() ?? null);
  }

  /** In order, from an epoch on. */
  from(epoch: number, limit: number): Seal[] {
    const sql = `SELECT ${columns} FROM audit_seals WHERE epoch >= ? ORDER BY epoch LIMIT ?`;
    return z.array(sealRow).parse(this.#db.prepare(sql).all(epoch, limit));
  }

  /** Of how many leaves each seal tells. */
  sizes(): number[] {
    return z.array(z.number()).parse(this.#db.prepare('SELECT size FROM audit_seals').pluck().all());
  }

  count(): number {
    return z.number().parse(this.#db.prepare('SELECT count(*) FROM audit_seals').pluck().get());
  }

  add({ epoch, at, size, root, previous, nextKey, signature }: Seal): void {
    const sql = 'INSERT INTO audit_seals (epoch, at, size, root, previous, next_key, signature) VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.#db.prepare(sql).run(epoch, at, size, root, previous, nextKey, signature);
  }

  key(): { epoch: number; key: WrappedKey } | null {
    const row: unknown = this.#db.prepare('SELECT epoch, key_epoch AS keyEpoch, private_key AS wrapped FROM audit_seal_key').get();
    if (row === undefined) return null;
    const { epoch, keyEpoch, wrapped } = keyRow.parse(row);
    return { epoch, key: { epoch: keyEpoch, wrapped } };
  }

  addKey(epoch: number, key: WrappedKey): void {
    this.#db
      .prepare('INSERT INTO audit_seal_key (id, epoch, key_epoch, private_key) VALUES (1, ?, ?, ?)')
      .run(epoch, key.epoch, key.wrapped);
  }

  /** What was there is overwritten (SQLite's secure_delete). */
  replaceKey(epoch: number, key: WrappedKey): void {
    this.#db.prepare('UPDATE audit_seal_key SET epoch = ?, key_epoch = ?, private_key = ?').run(epoch, key.epoch, key.wrapped);
  }
}
