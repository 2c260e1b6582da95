import type { Secrets } from '../../contract/vault.ts';
import { AppError } from '../../errors.ts';
import { newCertificateFactor, openCertificateFactor } from '../factors/certificate/certificate.ts';
import { newKeychainFactor, openKeychainFactor, type Keychain } from '../factors/keychain/keychain.ts';
import { newTokenFactor, openTokenFactor } from '../factors/token/token-factor.ts';
import type { Tokens } from '../factors/token/tokens.ts';
import { derivePasswordKey, newPasswordFactor, type KdfCost } from '../kdf.ts';
import type { KeyRing } from '../key-ring.ts';
import { slotPerson, wrongPassword } from '../key-slots.ts';
import type { VaultFile } from '../vault-file.ts';
import type { Factor, FactorOf } from './factor.ts';
import { ringFrom } from './open-slot.ts';
import { createSlot, type Slot } from './slot.ts';

/** What besides text a person's key may need. */
export type Devices = { readonly tokens: Tokens; readonly keychain: Keychain | null };

/** A factor besides the password, with its secret, which whoever made it wipes. */
export type Extra = { readonly factor: FactorOf<'token' | 'certificate' | 'keychain'>; readonly secret: Buffer };

/** The slots of a person, who may have none. */
export function slotsOf(file: VaultFile, userName: string): Slot[] {
  const person = slotPerson(file.vaultId, userName);
  return file.slots.filter((each) => each.person === person);
}

/**
 * The vault keys with what a person proves: the password with every further factor of the slot, or a token alone.
 * An unknown name, and a name without such a slot, cost the same time and get the same answer as a wrong password.
 * @throws AppError `vault/wrong-password`, `vault/second-factor-needed` (details.factor), what the factors throw
 */
export async function openPersonSlot(file: VaultFile, userName: string, given: Secrets, devices: Devices): Promise<KeyRing> {
  // A form sends an empty field for a password that was not typed.
  const kind = given.password ? 'password' : 'token';
  const slot = slotsOf(file, userName).find((each) => each.kind === kind);
  if (!slot) {
    await deriveDecoy(file, given.password);
    throw wrongPassword();
  }
  const secrets: Buffer[] = [];
  try {
    for (const factor of slot.factors) secrets.push(await secretOf(factor, given, devices));
    return ringFrom(file, slot, secrets);
  } finally {
    for (const secret of secrets) secret.fill(0);
  }
}

/** A slot that the password and every extra open together. */
export async function newPasswordSlot(
  vaultId: string,
  userName: string,
  password: string,
  extras: readonly Extra[],
  cost: KdfCost,
  ring: KeyRing,
): Promise<Slot> {
  const factor = newPasswordFactor(cost);
  const secret = await derivePasswordKey(password, factor.kdf);
  try {
    const factors = [factor, ...extras.map((extra) => extra.factor)];
    const person = slotPerson(vaultId, userName);
    return createSlot(vaultId, { kind: 'password', person, label: '', factors }, [secret, ...extras.map((extra) => extra.secret)], ring);
  } finally {
    secret.fill(0);
  }
}

/** A slot that a token opens without a password. */
export function newTokenSlot(vaultId: string, userName: string, { factor, secret }: Extra, ring: KeyRing): Slot {
  const label = factor.type === 'token' ? factor.tokenLabel : '';
  return createSlot(vaultId, { kind: 'token', person: slotPerson(vaultId, userName), label, factors: [factor] }, [secret], ring);
}

/** The same factors besides the password with fresh secrets, for a slot that takes the place of this one. Neither token nor key file is needed. */
export async function renewExtras(slot: Slot | undefined, devices: Devices): Promise<Extra[]> {
  const extras: Extra[] = [];
  for (const factor of slot?.factors ?? []) {
    if (factor.type === 'token') extras.push(newTokenFactor(factor));
    if (factor.type === 'certificate') extras.push(newCertificateFactor(factor.publicKey));
    if (factor.type === 'keychain') extras.push(await newKeychainFactor(devices.keychain));
  }
  return extras;
}

async function secretOf(factor: Factor, given: Secrets, devices: Devices): Promise<Buffer> {
  switch (factor.type) {
    case 'password':
      return derivePasswordKey(given.password ?? '', factor.kdf);
    case 'token':
      if (!given.token) throw factorNeeded('token');
      if (given.token.serial !== undefined && given.token.serial !== factor.serial) throw otherToken(factor.tokenLabel);
      return openTokenFactor(devices.tokens, factor, given.token.pin);
    case 'certificate':
      if (!given.certificate) throw factorNeeded('certificate');
      return openCertificateFactor(factor, given.certificate);
    case 'keychain':
      return openKeychainFactor(devices.keychain, factor);
    case 'code':
    case 'shares':
      throw wrongPassword();
  }
}

async function deriveDecoy(file: VaultFile, password: string | undefined): Promise<void> {
  if (password === undefined) return;
  const decoy = file.slots.flatMap(({ factors }) => factors).find((factor) => factor.type === 'password');
  if (decoy) (await derivePasswordKey(password, decoy.kdf)).fill(0);
}

function factorNeeded(factor: 'token' | 'certificate'): AppError {
  const what = factor === 'token' ? 'security token and its PIN' : 'key file';
  return new AppError('vault/second-factor-needed', `This account also asks for its ${what}. Give both; nothing was changed.`, { factor });
}

function otherToken(label: string): AppError {
  return new AppError('vault/other-token', `This account asks for another token: “${label}”. Choose that one; nothing was changed.`, {
    label,
  });
}
