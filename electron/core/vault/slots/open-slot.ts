import type { AppError } from '../../errors.ts';
import { wipeRing, type KeyRing } from '../key-ring.ts';
import { wrongPassword } from '../key-slots.ts';
import type { VaultFile } from '../vault-file.ts';
import { verifyVaultFile } from './epochs.ts';
import { openSlot, type Slot } from './slot.ts';

/**
 * The vault keys that a slot of the file holds; the caller wipes them, and its secrets.
 * @throws what `refused` makes where a secret is wrong or the slot was changed; `vault/slots-changed`
 */
export function ringFrom(
  file: VaultFile,
  slot: Slot,
  secrets: readonly Uint8Array[],
  refused: (cause: unknown) => AppError = wrongPassword,
): KeyRing {
  const ring = { current: file.epoch, keys: keysFrom(file, slot, secrets, refused) };
  try {
    verifyVaultFile(file, ring.keys);
    return ring;
  } catch (error) {
    wipeRing(ring);
    throw error;
  }
}

function keysFrom(file: VaultFile, slot: Slot, secrets: readonly Uint8Array[], refused: (cause: unknown) => AppError) {
  try {
    return openSlot(file.vaultId, slot, secrets);
  } catch (cause) {
    throw refused(cause);
  }
}
