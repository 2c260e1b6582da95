import { z } from 'zod';
import { kdfParameters } from '../kdf.ts';

const base64 = z.base64().max(8192);

/** What it takes to open a slot, without the secret itself. A slot asks for all of its factors. */
export const factor = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('password'), kdf: kdfParameters }),
  /** An RSA key that does not leave a PKCS#11 token. Which library speaks to it is never taken from this file. */
  z.strictObject({
    type: z.literal('token'),
    serial: z.string().max(64),
    tokenLabel: z.string().max(64),
    /** CKA_ID, hex. */
    keyId: z.string().regex(/^([0-9a-f]{2}){0,128}$/),
    /** SubjectPublicKeyInfo: with it a new slot for the same key is made without the token. */
    publicKey: base64,
    /** RSA-OAEP (SHA-1 and MGF1-SHA-1, which every token knows) of a random secret. */
    wrapped: base64,
  }),
  /** A private key in a file that a person carries. */
  z.strictObject({
    type: z.literal('certificate'),
    algorithm: z.enum(['rsa-oaep-sha256', 'ecdh']),
    /** SubjectPublicKeyInfo: with it a new slot for the same key is made without the key file. */
    publicKey: base64,
    /** The encrypted secret, or for `ecdh` the ephemeral public key (SubjectPublicKeyInfo). */
    wrapped: base64,
  }),
  /** A random secret that the operating system's keychain keeps. Never the only factor. */
  z.strictObject({ type: z.literal('keychain'), entry: z.uuid() }),
  z.strictObject({ type: z.literal('code') }),
  z.strictObject({
    type: z.literal('shares'),
    threshold: z.number().int().min(2).max(255),
    count: z.number().int().min(2).max(255),
  }),
]);
export type Factor = z.infer<typeof factor>;
export type FactorType = Factor['type'];
export type FactorOf<T extends FactorType> = Extract<Factor, { type: T }>;
