import { hkdfSync } from 'node:crypto';

export type SubKeyPurpose = 'database' | 'blobs' | 'blob-names' | 'anchor' | 'slots' | 'backup';

/** HKDF-SHA-256 (RFC 5869): an independent 32-byte key per purpose from the vault key. The caller wipes it. */
export function subKey(vaultKey: Uint8Array, vaultId: string, purpose: SubKeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', vaultKey, vaultId, `redoubt/1/${purpose}`, 32));
}
