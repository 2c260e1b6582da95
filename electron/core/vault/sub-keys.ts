import { hkdfSync } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

export type SubKeyPurpose = 'database' | 'blobs' | 'anchor' | 'slots' | 'backup' | 'audit';

/** HKDF-SHA-256 (RFC 5869): an independent 32-byte key per purpose from the vault key. The caller wipes it. */
export function subKey(vaultKey: Uint8Array, vaultId: string, purpose: SubKeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', vaultKey, vaultId, `redoubt/1/${purpose}`, 32));
}

/** The sub-keys of every vault key in a ring, with `current` as the epoch that is written under. */
export function subRing(ring: KeyRing, vaultId: string, purpose: SubKeyPurpose, current: number): KeyRing {
  return { current, keys: new Map([...ring.keys].map(([epoch, key]) => [epoch, subKey(key, vaultId, purpose)])) };
}
