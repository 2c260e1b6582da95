import { z } from 'zod';
import type { LogStorage } from '../../audit/log-keys.ts';
import type { WritableDb } from '../../vault/database.ts';
import { addPrivateKey, readPrivateKey } from './private-keys.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const rootRow = z.object({ certificate: bytes });
const keyRow = z.object({
  algorithm: z.enum(['ecdsa-p256', 'rsa', 'sm2']),
  public_key: bytes,
  certificate: bytes,
  chain: z.string().nullable(),
  token_serial: z.string().nullable(),
  token_label: z.string().nullable(),
  token_key_id: z.string().nullable(),
});
const settingsRow = z.object({ signer: z.enum(['vault', 'token']), time_stamp: z.number(), sm2: z.number() });

export type KeyPurpose = 'vault' | 'token' | 'time-stamp' | 'sm2';
export type TokenPlace = { readonly serial: string; readonly label: string; readonly keyId: string };
export type StoredKey = {
  readonly algorithm: 'ecdsa-p256' | 'rsa' | 'sm2';
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  readonly certificate: Uint8Array;
  /** PEM, from the signer to the root. */
  readonly chain: string | null;
  readonly token: TokenPlace | null;
};
/** With its private key, which is kept apart: PKCS#8 DER; of SM2 the 32 bytes of the number itself. */
export type NewKey = StoredKey & { readonly privateKey: Uint8Array };
export type StoredRoot = { readonly certificate: Uint8Array; readonly privateKey: Uint8Array; readonly publicKey: Uint8Array };
export type SigningSettings = { readonly signer: 'vault' | 'token'; readonly timeStamp: boolean; readonly sm2: boolean };

export class SigningRepository {
  readonly #storage: LogStorage;
  readonly #db: WritableDb;

  constructor(storage: LogStorage) {
    this.#storage = storage;
    this.#db = storage.db;
  }

  /** The certificate of the vault's own root. */
  root(): Uint8Array | null {
    const row: unknown = this.#db.prepare('SELECT certificate FROM report_root').get();
    if (row === undefined) return null;
    return rootRow.parse(row).certificate;
  }

  addRoot({ certificate, privateKey, publicKey }: StoredRoot, at: number): void {
    addPrivateKey(this.#storage, 'report-root', { privateKey, publicKey }, at);
    this.#db.prepare('INSERT INTO report_root (one, certificate, created_at) VALUES (1, ?, ?)').run(certificate, at);
  }

  /** PKCS#8; of SM2 the 32 bytes of the number itself. A token's never comes here. */
  privateKey(purpose: 'root' | Exclude<KeyPurpose, 'token'>): Uint8Array {
    return readPrivateKey(this.#storage, `report-${purpose}`);
  }

  key(purpose: KeyPurpose): StoredKey | null {
    const row: unknown = this.#db.prepare('SELECT * FROM report_keys WHERE purpose = ?').get(purpose);
    if (row === undefined) return null;
    const { public_key, token_serial, token_label, token_key_id, ...rest } = keyRow.parse(row);
    const token =
      token_serial === null || token_key_id === null ? null : { serial: token_serial, label: token_label ?? '', keyId: token_key_id };
    return { ...rest, publicKey: public_key, token };
  }

  addKey(purpose: Exclude<KeyPurpose, 'token'>, key: NewKey, at: number): void {
    addPrivateKey(this.#storage, `report-${purpose}`, key, at);
    this.#write(purpose, key, at);
  }

  /** Takes the place of a former one. */
  setTokenKey(key: StoredKey, at: number): void {
    this.#write('token', key, at);
  }

  addOrganisationRoot(certificate: Uint8Array, at: number): void {
    this.#db.prepare('INSERT OR IGNORE INTO report_organisation_roots (certificate, imported_at) VALUES (?, ?)').run(certificate, at);
  }

  organisationRoots(): Uint8Array[] {
    return z.array(bytes).parse(this.#db.prepare('SELECT certificate FROM report_organisation_roots').pluck().all());
  }

  setChain(purpose: KeyPurpose, chain: string | null): void {
    this.#db.prepare('UPDATE report_keys SET chain = ? WHERE purpose = ?').run(chain, purpose);
  }

  settings(): SigningSettings {
    const row: unknown = this.#db.prepare('SELECT signer, time_stamp, sm2 FROM report_signing').get();
    if (row === undefined) return { signer: 'vault', timeStamp: false, sm2: false };
    const { signer, time_stamp, sm2 } = settingsRow.parse(row);
    return { signer, timeStamp: time_stamp === 1, sm2: sm2 === 1 };
  }

  setSettings({ signer, timeStamp, sm2 }: SigningSettings): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO report_signing (one, signer, time_stamp, sm2) VALUES (1, ?, ?, ?)')
      .run(signer, Number(timeStamp), Number(sm2));
  }

  #write(purpose: KeyPurpose, { algorithm, publicKey, certificate, chain, token }: StoredKey, at: number): void {
    const sql = `INSERT OR REPLACE INTO report_keys (purpose, algorithm, public_key, certificate, chain, token_serial, token_label,
      token_key_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const { serial = null, label = null, keyId = null } = token ?? {};
    this.#db.prepare(sql).run(purpose, algorithm, publicKey, certificate, chain, serial, label, keyId, at);
  }
}
