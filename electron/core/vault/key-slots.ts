import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { defaultCost, derivePasswordKey, kdfParameters, type KdfCost, type KdfParameters } from './kdf.ts';

/** One way to open the vault: the vault key wrapped under a key derived from one person's password. */
export const passwordSlot = z.object({
  id: z.string(),
  version: z.literal(1),
  kind: z.literal('password'),
  /** Keyed hash of the user name, so that the file lists no names. */
  person: z.string(),
  kdf: kdfParameters,
  /** base64: 12-byte nonce, 32-byte wrapped key, 16-byte tag. */
  wrapped: z.string(),
});
export type PasswordSlot = z.infer<typeof passwordSlot>;

/** User names that fold to the same text are the same name: they share a slot, so they must share a row too. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Finds a person's slot without storing the name. */
export function slotPerson(vaultId: string, userName: string): string {
  return createHmac('sha256', vaultId).update(foldUserName(userName)).digest('hex');
}

export async function createPasswordSlot(
  vaultId: string,
  userName: string,
  password: string,
  vaultKey: Uint8Array,
  cost: KdfCost = defaultCost,
): Promise<PasswordSlot> {
  const kdf: KdfParameters = { algorithm: 'argon2id', ...cost, salt: randomBytes(16).toString('base64') };
  const slot = { id: randomUUID(), version: 1 as const, kind: 'password' as const, person: slotPerson(vaultId, userName), kdf };
  const key = await derivePasswordKey(password, kdf);
  try {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(slotContext(vaultId, slot));
    const body = Buffer.concat([cipher.update(vaultKey), cipher.final()]);
    return { ...slot, wrapped: Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64') };
  } finally {
    key.fill(0);
  }
}

/**
 * Unwraps the vault key. The caller wipes it.
 * @throws AppError `vault/wrong-password` (also when the slot was tampered with: the two cannot be told apart)
 */
export async function openPasswordSlot(vaultId: string, slot: PasswordSlot, password: string): Promise<Buffer> {
  const key = await derivePasswordKey(password, slot.kdf);
  try {
    const raw = Buffer.from(slot.wrapped, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12))
      .setAAD(slotContext(vaultId, slot))
      .setAuthTag(raw.subarray(-16));
    return Buffer.concat([decipher.update(raw.subarray(12, -16)), decipher.final()]);
  } catch (cause) {
    throw wrongPassword(cause);
  } finally {
    key.fill(0);
  }
}

/** The same answer for an unknown user name and a wrong password. */
export function wrongPassword(cause?: unknown): AppError {
  return new AppError('vault/wrong-password', 'The user name or the password is wrong. Nothing was changed.', {}, { cause });
}

function slotContext(vaultId: string, slot: Omit<PasswordSlot, 'wrapped'>): Buffer {
  const { memory, iterations, parallelism, salt } = slot.kdf;
  return Buffer.from(JSON.stringify([vaultId, slot.id, slot.version, slot.kind, slot.person, memory, iterations, parallelism, salt]));
}
