import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, id, query, timestamp } from './base.ts';
import { session } from './identity.ts';
import { displayName, password, userName } from './names.ts';

export const vaultStatus = z.object({
  state: z.enum(['absent', 'locked', 'unlocked']),
  vaultId: z.string().nullable(),
  createdAt: timestamp.nullable(),
  ephemeral: z.boolean(),
  /** Ways in besides a person's password; what the sign-in page offers. */
  ways: z.object({
    recovery: z.boolean(),
    custodians: z.object({ threshold: z.number().int() }).nullable(),
    token: z.boolean(),
    certificate: z.boolean(),
  }),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

/** What a person proves who they are with. Which of them are needed, the person's key slot says. */
export const secrets = z.object({
  password: z.string().max(1024).optional(),
  token: z.object({ pin: z.string().max(256), serial: z.string().max(64).optional() }).optional(),
  certificate: z.object({ keyPem: z.string().max(20_000), passphrase: z.string().max(1024).optional() }).optional(),
});
export type Secrets = z.infer<typeof secrets>;

export const anchorState = z.object({
  /** Commits the vault has seen since it was made. */
  commits: z.number().int(),
  records: z.number().int(),
  rootHash: z.string(),
  at: timestamp.nullable(),
  places: z.array(
    z.object({
      /** Beside the vault, or in the folder for it outside. */
      place: z.enum(['vault', 'outside']),
      /** When the vault was opened. */
      verdict: z.enum(['fresh', 'older', 'lost-tail', 'forked', 'swapped-pages', 'missing', 'damaged']),
    }),
  ),
});
export type AnchorState = z.infer<typeof anchorState>;

/** Bytes. */
export const storageState = z.object({
  databaseBytes: z.number(),
  blobBytes: z.number(),
  blobCount: z.number().int(),
  modelBytes: z.number(),
  freeBytes: z.number(),
  /** 0: none. */
  quotaBytes: z.number(),
  /** Given up when the disk is full; 0: there is none now. */
  ballastBytes: z.number(),
  /** Of the whole database, after it was not closed in order: pages done of all. Tables follow the pages. */
  check: z.object({ state: z.enum(['none', 'running', 'ok', 'damaged']), done: z.number().int(), total: z.number().int() }),
});
export type StorageState = z.infer<typeof storageState>;

/** What a check of everything found. */
export const vaultCheck = z.object({
  ok: z.boolean(),
  database: z.object({ bytes: z.number(), tables: z.number().int(), problems: z.array(z.string()) }),
  /** `sealed`: nobody without the vault key changed the key slots. */
  slots: z.object({ count: z.number().int(), sealed: z.boolean() }),
  anchor: anchorState.shape.places,
  blobs: z.object({ count: z.number().int(), damaged: z.number().int(), missing: z.number().int() }),
  durationMs: z.number(),
});
export type VaultCheck = z.infer<typeof vaultCheck>;

export const vaultContract = {
  status: query('public').output(vaultStatus),
  /** Creates the vault; its creator is the owner and is signed in. */
  create: command('public', 'vault.create').input(z.object({ userName, displayName, password })).output(session),
  /**
   * Opens the vault with what one person proves; on an open vault it signs a further person in.
   * Fails with `vault/wrong-password`, `identity/locked-out` (details.until), `vault/second-factor-needed` (details.factor),
   * `vault/older-than-anchor` (details: verdict and figures).
   */
  unlock: command('public', 'vault.unlock')
    .input(
      secrets.extend({
        userName,
        /** Open although the vault is older than its anchor says (a person decided so after reading the warning). */
        acceptOlder: z.boolean().default(false),
      }),
    )
    .output(session),
  /** Opens the vault with the recovery code or enough custodians' shares and gives a person a new password. Recorded loudly. */
  recover: command('public', 'vault.recover')
    .input(
      z.object({
        userName,
        newPassword: password,
        code: z.string().max(200).optional(),
        shares: z.array(z.string().max(400)).max(16).optional(),
        acceptOlder: z.boolean().default(false),
      }),
    )
    .output(session),
  /** Closes the database and ends the core process. Every session ends with it. */
  lock: command('signed-in', 'vault.lock').output(z.object({ locked: z.literal(true) })),
  anchor: query('keys.read').output(anchorState),
  /** Checks the database, the key slots, the marks of freshness and every blob; 5 s per GB and more. */
  check: query('keys.read').output(vaultCheck),
  storage: query('monitor.read').output(storageState),
};

export const keySlot = z.object({
  id,
  kind: z.enum(['password', 'token', 'recovery', 'custodians']),
  /** The person it belongs to, where it belongs to one. */
  person: z.object({ id, userName: z.string() }).nullable(),
  label: z.string(),
  factors: z.array(z.enum(['password', 'token', 'certificate', 'keychain', 'code', 'shares'])),
  /** Custodians: how many of how many shares. */
  threshold: z.number().int().nullable(),
  shares: z.number().int().nullable(),
  createdAt: timestamp,
});
export type KeySlot = z.infer<typeof keySlot>;

export const token = z.object({ serial: z.string(), label: z.string(), manufacturer: z.string() });
export const tokenState = z.object({
  available: z.boolean(),
  /** Why not, where not. */
  reason: z.string().nullable(),
  tokens: z.array(token),
  /** Can this host keep a second factor in the keychain of the operating system? */
  keychain: z.boolean(),
});
export type TokenState = z.infer<typeof tokenState>;

export const rotationState = z.object({
  /** Counts the vault keys from 1. */
  epoch: z.number().int(),
  lastRotatedAt: timestamp,
  /** When the policy asks for the next one. */
  dueAt: timestamp.nullable(),
  due: z.boolean(),
  running: z
    .object({
      stage: z.enum(['blobs', 'database', 'finishing']),
      done: z.number().int(),
      total: z.number().int(),
      bytesPerSecond: z.number().nullable(),
    })
    .nullable(),
  /** Why the last attempt stopped, where it did. */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type RotationState = z.infer<typeof rotationState>;

const keyOperation = { approval: 'key-operation' } as const;

export const keysContract = {
  slots: query('keys.read').output(z.array(keySlot)),
  /** A fresh recovery code, shown once. It opens nothing until `confirmRecovery` has got it typed back; then it replaces the old one. */
  beginRecovery: command('keys.manage', 'keys.begin-recovery', keyOperation).output(z.object({ code: z.string() })),
  /** Fails with `vault/recovery-code-mistyped` (details.group). */
  confirmRecovery: command('keys.manage', 'keys.confirm-recovery')
    .input(z.object({ code: z.string().max(200) }))
    .output(z.array(keySlot)),
  /** Shares for custodians, any `threshold` of which open the vault together. They open nothing until `confirmCustodians`. */
  beginCustodians: command('keys.manage', 'keys.begin-custodians', keyOperation)
    .input(z.object({ threshold: z.number().int().min(2).max(16), names: z.array(z.string().trim().min(1).max(120)).min(2).max(16) }))
    .output(z.object({ shares: z.array(z.object({ name: z.string(), text: z.string() })) })),
  /** Takes at least `threshold` of the shares, typed back. */
  confirmCustodians: command('keys.manage', 'keys.confirm-custodians')
    .input(z.object({ shares: z.array(z.string().max(400)).min(2).max(16) }))
    .output(z.array(keySlot)),
  /** Tokens plugged in now. */
  tokens: query('signed-in').output(tokenState),
  /** Gives the signed-in person's slot a second factor, or takes it away (null). Answers with the person's own slots. */
  setSecondFactor: command('signed-in', 'keys.set-second-factor')
    .input(
      z.object({
        password: z.string().max(1024),
        /** The second factor the slot asks for now, where it asks for one. */
        token: secrets.shape.token,
        certificate: secrets.shape.certificate,
        factor: z
          .discriminatedUnion('kind', [
            z.object({ kind: z.literal('token'), pin: z.string().max(256), serial: z.string().max(64) }),
            z.object({ kind: z.literal('certificate'), certificatePem: z.string().max(20_000) }),
            /** A secret in the keychain of the operating system: the slot then opens on this machine and account only. */
            z.object({ kind: z.literal('keychain') }),
          ])
          .nullable(),
      }),
    )
    .output(z.array(keySlot)),
  /**
   * A slot of the signed-in person that opens with token and PIN alone. `proof` is what the person's password slot asks for now.
   * Answers with the person's own slots.
   */
  addToken: command('signed-in', 'keys.add-token', keyOperation)
    .input(z.object({ pin: z.string().max(256), serial: z.string().max(64), proof: secrets }))
    .output(z.array(keySlot)),
  /** Removes a recovery, custodians or token slot. Who copied the vault file before can still use it: rotate the vault key afterwards. */
  removeSlot: command('keys.manage', 'keys.remove-slot', keyOperation).input(z.object({ id })).output(z.array(keySlot)),
  rotation: query('keys.read').output(rotationState),
  /** Begins to replace the vault key; it goes on in the background and after a restart. */
  rotate: command('keys.manage', 'keys.rotate', keyOperation).output(rotationState),
  watchRotation: query('keys.read').output(eventIterator(rotationState)),
};
