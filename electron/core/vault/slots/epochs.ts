import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../../audit/canonical-json.ts';
import { AppError } from '../../errors.ts';
import type { KeyRing } from '../key-ring.ts';
import { subKey } from '../sub-keys.ts';
import type { VaultFile } from '../vault-file.ts';
import { sealToSlot } from './slot.ts';

/** The file with the vault key of a further epoch sealed into every slot. It must be signed again before it is written. */
export function sealForEpoch(file: VaultFile, epoch: number, vaultKey: Uint8Array): VaultFile {
  return { ...file, slots: file.slots.map((each) => sealToSlot(file.vaultId, each, epoch, vaultKey)) };
}

/** The file without the keys of an epoch. It must be signed again before it is written. */
export function dropEpoch(file: VaultFile, epoch: number): VaultFile {
  const name = String(epoch);
  const without = <T>(entries: Record<string, T>) => Object.fromEntries(Object.entries(entries).filter(([each]) => each !== name));
  return { ...file, slots: file.slots.map((each) => ({ ...each, sealed: without(each.sealed) })), mac: without(file.mac) };
}

/** The file as its next generation, with a seal under every vault key of the ring. */
export function signVaultFile(file: VaultFile, ring: KeyRing): VaultFile {
  const next = { ...file, generation: file.generation + 1 };
  const mac = Object.fromEntries([...ring.keys].map(([epoch, key]) => [String(epoch), macOf(next, key).toString('hex')]));
  return { ...next, mac };
}

/**
 * Makes sure that whoever wrote the file had the vault keys: no slot was added, removed, exchanged or changed by
 * somebody else, and the slot that was opened holds the keys of exactly the epochs the file speaks of.
 * @throws AppError `vault/slots-changed`
 */
export function verifyVaultFile(file: VaultFile, keys: ReadonlyMap<number, Buffer>): void {
  const epochs = [...keys.keys()].sort((a, b) => a - b).join();
  const expected = [file.epoch, ...(file.rotation ? [file.rotation.to] : [])].sort((a, b) => a - b).join();
  const names = [file.mac, ...file.slots.map(({ sealed }) => sealed)].map((entries) => Object.keys(entries).map(Number));
  const sealed = names.every((each) => each.sort((a, b) => a - b).join() === epochs);
  const signed = [...keys].every(([epoch, key]) => {
    const found = Buffer.from(file.mac[String(epoch)] ?? '', 'hex');
    const mac = macOf(file, key);
    return found.length === mac.length && timingSafeEqual(found, mac);
  });
  if (epochs === expected && sealed && signed) return;
  throw new AppError(
    'vault/slots-changed',
    'The key slots of this vault were changed by somebody who did not have its key. The vault stays closed and nothing was changed. Restore vault.json from a backup.',
  );
}

function macOf({ mac: _mac, ...rest }: VaultFile, vaultKey: Buffer): Buffer {
  const key = subKey(vaultKey, rest.vaultId, 'slots');
  try {
    return createHmac('sha256', key).update(canonicalJson(rest)).digest();
  } finally {
    key.fill(0);
  }
}
