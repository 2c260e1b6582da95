import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { AppError } from '../errors.ts';

export const kdfParameters = z.strictObject({
  algorithm: z.literal('argon2id'),
  /** KiB. */
  memory: z.number().int(),
  iterations: z.number().int(),
  parallelism: z.number().int(),
  /** base64, 16 bytes. */
  salt: z.base64().length(24),
});
export type KdfParameters = z.infer<typeof kdfParameters>;
export type KdfCost = Pick<KdfParameters, 'memory' | 'iterations' | 'parallelism'>;

export const defaultCost: KdfCost = { memory: 256 * 1024, iterations: 3, parallelism: 4 };
/** Nothing weaker is accepted, whatever a vault file says. */
export const floorCost: KdfCost = { memory: 64 * 1024, iterations: 3, parallelism: 4 };
/** `Algorithm.Argon2id`, a const enum that stripped types cannot read. */
const argon2id = 2;
/** A vault file must not make us allocate without bound. */
const ceilingCost: KdfCost = { memory: 4 * 1024 * 1024, iterations: 64, parallelism: 64 };

/**
 * Argon2id (RFC 9106), version 1.3: password → 32-byte key-encryption key. The caller wipes the result.
 * @throws AppError `vault/weak-kdf` for parameters below the floor or beyond reason
 */
export async function derivePasswordKey(password: string, parameters: KdfParameters): Promise<Buffer> {
  for (const name of ['memory', 'iterations', 'parallelism'] as const) {
    if (parameters[name] < floorCost[name] || parameters[name] > ceilingCost[name])
      throw new AppError(
        'vault/weak-kdf',
        'The vault file asks for unsafe key-derivation parameters. It was changed by somebody; restore it from a backup.',
        { parameter: name },
      );
  }
  return hashRaw(password.normalize('NFC'), {
    algorithm: argon2id,
    memoryCost: parameters.memory,
    timeCost: parameters.iterations,
    parallelism: parameters.parallelism,
    outputLen: 32,
    salt: Buffer.from(parameters.salt, 'base64'),
  });
}

/** The factor of a new password, with a salt of its own. */
export function newPasswordFactor(cost: KdfCost): { type: 'password'; kdf: KdfParameters } {
  const { memory, iterations, parallelism } = cost;
  return { type: 'password', kdf: { algorithm: 'argon2id', memory, iterations, parallelism, salt: randomBytes(16).toString('base64') } };
}
