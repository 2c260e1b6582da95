import { z } from 'zod';
import { command, query, sha256, timestamp } from './base.ts';

/** A certificate as a person compares it. */
export const certificateView = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** SHA-256 of the DER: what stands on paper and is compared. */
  sha256,
  notBefore: timestamp,
  /** Null: without an end (RFC 5280, 4.1.2.5). */
  notAfter: timestamp.nullable(),
});
export type CertificateView = z.infer<typeof certificateView>;

export const signingKeyAlgorithm = z.enum(['ecdsa-p256', 'rsa']);

/** A key pair of a token that can sign reports. */
export const tokenSigningKey = z.object({
  /** CKA_ID, hexadecimal. */
  keyId: z.string().regex(/^(?:[0-9a-f]{2}){1,128}$/),
  label: z.string(),
  algorithm: signingKeyAlgorithm,
  bits: z.number().int(),
});
export type TokenSigningKey = z.infer<typeof tokenSigningKey>;

export const signingState = z.object({
  /** Where the private key is that signs reports. */
  signer: z.enum(['vault', 'token']),
  algorithm: signingKeyAlgorithm,
  /** Who issued the signer's certificate: a root made for this vault alone, or the organisation's authority. */
  issuedBy: z.enum(['vault', 'organisation']),
  /** From the signer's certificate to the root. Empty until the first report or request is made. */
  chain: z.array(certificateView),
  token: z
    .object({
      serial: z.string(),
      label: z.string(),
      keyId: z.string(),
      /** The asking person's PIN is held in memory until then; null: `unlockToken` before a report is made. */
      unlockedUntil: timestamp.nullable(),
    })
    .nullable(),
  /** An RFC 3161 time-stamp by the vault's own authority, which knows nothing but this machine's clock. */
  timeStamp: z.boolean(),
  timeStampAuthority: certificateView.nullable(),
  /** Signatures by SM2 with SM3 (software, not a certified module) beside the others. */
  sm2: z.boolean(),
  sm2Certificate: certificateView.nullable(),
});
export type SigningState = z.infer<typeof signingState>;

const pin = z.string().min(1).max(256);
const keyOperation = { approval: 'key-operation' } as const;
const name = z.string().trim().min(1).max(64);

export const signingContract = {
  state: query('signed-in').output(signingState),
  /** The page that checks a report in any browser, for an auditor to take along. It is no part of a report. */
  verifier: query('signed-in').output(z.object({ name: z.string(), base64: z.string(), sha256 })),
  /** Holds the PIN for the signed-in person, who makes reports, in memory only: for 15 minutes, until the last session of the person ends, or the vault is locked. */
  unlockToken: command('signed-in', 'signing.unlock-token').input(z.object({ pin })).output(signingState),
  /** Keys of a plugged-in token (`keys.tokens`) that sign: EC P-256, or RSA of 2048 bits and more. */
  tokenKeys: command('design.manage', 'signing.list-token-keys')
    .input(z.object({ serial: z.string().min(1).max(64), pin }))
    .output(z.array(tokenSigningKey)),
  /** Reports are signed by this key of the token from now on. The vault's root certifies it until a chain is imported. */
  useToken: command('design.manage', 'signing.use-token', keyOperation)
    .input(z.object({ serial: z.string().min(1).max(64), pin, keyId: tokenSigningKey.shape.keyId }))
    .output(signingState),
  useVaultKey: command('design.manage', 'signing.use-vault-key', keyOperation).output(signingState),
  /** A PKCS#10 request (PEM) of the key that signs, for the organisation's authority. A token must be unlocked. */
  createRequest: command('design.manage', 'signing.create-request')
    .input(z.object({ commonName: name, organisation: name.optional(), unit: name.optional(), country: z.string().length(2).optional() }))
    .output(z.object({ pem: z.string() })),
  /** What the authority answered: PEM certificates in any order, the root among them. */
  importChain: command('design.manage', 'signing.import-chain', keyOperation)
    .input(z.object({ pem: z.string().min(1).max(100_000) }))
    .output(signingState),
  /** Back to the certificate of the vault's own root. */
  removeChain: command('design.manage', 'signing.remove-chain', keyOperation).output(signingState),
  setTimeStamp: command('design.manage', 'signing.set-time-stamp')
    .input(z.object({ on: z.boolean() }))
    .output(signingState),
  setSm2: command('design.manage', 'signing.set-sm2')
    .input(z.object({ on: z.boolean() }))
    .output(signingState),
};
