import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { newestEpoch } from '../vault/key-ring.ts';
import { AuditRepository } from './audit.repository.ts';
import { HeadMac } from './head-mac.ts';
import { noLogKey, unwrapLogKey, wrapLogKey, type LogStorage } from './log-keys.ts';
import { emptyRoot } from './merkle.ts';
import { Sealing } from './seals/sealing.ts';
import { necessarily } from '../vault/space/room.ts';

export type { LogStorage };

/** Who signs the audit log's heads. `origin` is the log's name and the name of its key. */
export type LogSigner = { readonly origin: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const row = z.object({ name: z.string(), epoch: z.number(), private_key: z.instanceof(Uint8Array) });

/**
 * Makes the audit log's Ed25519 key and the head of the empty log while a vault is being created, inside the
 * creating transaction. The private key (PKCS#8) is wrapped under a sub-key of its own and never leaves the vault.
 */
export function createSigningKeys(storage: LogStorage, now = Date.now()): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const origin = `redoubt/${storage.vaultId}`;
  const { epoch, wrapped } = wrapLogKey(storage, origin, privateKey.export({ format: 'der', type: 'pkcs8' }));
  const insert = 'INSERT INTO signing_keys (purpose, name, epoch, private_key, public_key, created_at) VALUES (?, ?, ?, ?, ?, ?)';
  storage.db.prepare(insert).run('audit-log', origin, epoch, wrapped, publicKey.export({ format: 'der', type: 'spki' }), now);
  const head = { size: 0, root: emptyRoot, edge: new Uint8Array() };
  new AuditRepository(storage.db).setHead({ ...head, mac: new HeadMac(origin, privateKey).of(head) });
  new Sealing(storage, origin).begin(privateKey);
}

/** Puts the private keys of the log under the newest vault key, before the older one goes; what is under it stays. */
export function rewrapLogKeys(storage: LogStorage): void {
  const { db, ring } = storage;
  const select = db.prepare('SELECT purpose, name, epoch, private_key FROM signing_keys WHERE epoch <> ?');
  const update = db.prepare('UPDATE signing_keys SET epoch = ?, private_key = ? WHERE purpose = ?');
  const rewrap = db.transaction(() => {
    for (const { purpose, name, epoch, private_key } of z.array(row.extend({ purpose: z.string() })).parse(select.all(newestEpoch(ring)))) {
      const key = unwrapLogKey(storage, name, { epoch, wrapped: private_key });
      const fresh = wrapLogKey(storage, name, key);
      key.fill(0);
      update.run(fresh.epoch, fresh.wrapped, purpose);
      if (purpose === 'audit-log') new Sealing(storage, name).rewrap();
    }
  });
  necessarily(db, () => rewrap.immediate());
}

/** The audit log's key, from the opened vault; throws `audit/no-key` if the vault has none. */
export function loadLogSigner(storage: LogStorage): LogSigner {
  const select = "SELECT name, epoch, private_key FROM signing_keys WHERE purpose = 'audit-log'";
  const stored = row.safeParse(storage.db.prepare(select).get());
  if (!stored.success) throw noLogKey();
  const { name, epoch, private_key } = stored.data;
  const key = unwrapLogKey(storage, name, { epoch, wrapped: private_key });
  try {
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return { origin: name, privateKey, publicKey: createPublicKey(privateKey) };
  } finally {
    key.fill(0);
  }
}
