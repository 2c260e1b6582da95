import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { newRecoveryCode, readRecoveryCode } from '../factors/code/recovery-code.ts';
import { joinShares, newShares, readShares } from '../factors/shares/shares.ts';
import type { KeyRing } from '../key-ring.ts';
import type { VaultFile } from '../vault-file.ts';
import { ringFrom } from './open-slot.ts';
import { createSlot, openSlot, type Slot } from './slot.ts';

/** What opens a slot that belongs to nobody: a recovery code, or custodians' shares. */
export type Proof = { readonly code: string } | { readonly shares: readonly string[] };

export function newRecoverySlot(vaultId: string, ring: KeyRing): { slot: Slot; code: string } {
  const { code, secret } = newRecoveryCode();
  try {
    return { code, slot: createSlot(vaultId, { kind: 'recovery', person: null, label: '', factors: [{ type: 'code' }] }, [secret], ring) };
  } finally {
    secret.fill(0);
  }
}

export async function newCustodiansSlot(
  vaultId: string,
  ring: KeyRing,
  threshold: number,
  count: number,
): Promise<{ slot: Slot; texts: string[] }> {
  const id = randomUUID();
  const { texts, secret } = await newShares(id, threshold, count);
  try {
    const factors = [{ type: 'shares' as const, threshold, count }];
    return { texts, slot: createSlot(vaultId, { id, kind: 'custodians', person: null, label: '', factors }, [secret], ring) };
  } finally {
    secret.fill(0);
  }
}

/**
 * The vault keys by a recovery code or by shares, and the slot that opened.
 * @throws AppError `vault/no-such-slot`, `vault/wrong-recovery-code`, `vault/wrong-shares`, and what reading the texts throws
 */
export async function openSharedSlot(file: VaultFile, proof: Proof): Promise<{ ring: KeyRing; slot: Slot }> {
  return withSecret(proof, (secret, slotTag) => {
    const slots = file.slots.filter((each) => (slotTag === null ? each.kind === 'recovery' : isTagged(each, slotTag)));
    const [first] = slots;
    if (!first) throw noSuchSlot(slotTag !== null);
    for (const slot of slots.filter((each) => tries(file.vaultId, each, secret))) return { ring: ringFrom(file, slot, [secret]), slot };
    throw refused(slotTag !== null);
  });
}

/** Makes sure that what was typed back opens a slot that is not in the vault yet. @throws as `openSharedSlot` */
export function proveSlot(vaultId: string, slot: Slot, proof: Proof): Promise<void> {
  return withSecret(proof, (secret, slotTag) => {
    if (slotTag !== null && !isTagged(slot, slotTag)) throw noSuchSlot(true);
    if (!tries(vaultId, slot, secret)) throw refused(slotTag !== null);
  });
}

async function withSecret<T>(proof: Proof, work: (secret: Buffer, slotTag: string | null) => T): Promise<T> {
  if ('code' in proof) return used(readRecoveryCode(proof.code), (secret) => work(secret, null));
  const shares = readShares(proof.shares);
  try {
    const secret = await joinShares(shares).catch((cause: unknown) => {
      throw refused(true, cause);
    });
    return used(secret, (joined) => work(joined, shares[0].slot));
  } finally {
    for (const share of shares) share.data.fill(0);
  }
}

function used<T>(secret: Buffer, work: (secret: Buffer) => T): T {
  try {
    return work(secret);
  } finally {
    secret.fill(0);
  }
}

function tries(vaultId: string, slot: Slot, secret: Buffer): boolean {
  try {
    for (const key of openSlot(vaultId, slot, [secret]).values()) key.fill(0);
    return true;
  } catch {
    return false;
  }
}

function isTagged(slot: Slot, tag: string): boolean {
  return slot.kind === 'custodians' && slot.id.startsWith(tag);
}

function noSuchSlot(shares: boolean): AppError {
  const message = shares
    ? 'These shares belong to no slot of this vault: they are for another vault, or were replaced. Nothing was changed.'
    : 'This vault has no recovery code. Open it in another way; nothing was changed.';
  return new AppError('vault/no-such-slot', message, { kind: shares ? 'custodians' : 'recovery' });
}

function refused(shares: boolean, cause?: unknown): AppError {
  return shares
    ? new AppError(
        'vault/wrong-shares',
        'These shares do not open the vault together. Check each of them; nothing was changed.',
        {},
        { cause },
      )
    : new AppError(
        'vault/wrong-recovery-code',
        'This is not the recovery code of this vault: it is for another one, or was replaced. Nothing was changed.',
        {},
        { cause },
      );
}

/** Of no person: a recovery code or custodians help anybody who forgot a password. */
export function opensForAnybody({ kind }: Pick<Slot, 'kind'>): boolean {
  return kind === 'recovery' || kind === 'custodians';
}
