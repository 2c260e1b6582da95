import { constants, createPublicKey, publicEncrypt, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FactorOf } from '../../slots/factor.ts';
import { decrypt, decryptingKeys, generateKey, type TokenKey } from './rsa-key.ts';
import { isCode, keyMissing, tokenUnsuitable } from './token-errors.ts';
import type { OpenToken, TokenDescription, Tokens } from './tokens.ts';

type TokenFactor = FactorOf<'token'>;
type Enrolled = Pick<TokenFactor, 'serial' | 'tokenLabel' | 'keyId' | 'publicKey'>;

/**
 * Chooses a key pair of the token, or makes one, and tries it out.
 * @throws AppError as `Tokens.use`, and `vault/token-unsuitable`
 */
export function enrolToken(tokens: Tokens, serial: string, pin: string): Promise<Enrolled> {
  return tokens.use({ serial, label: '' }, pin, async (open) => {
    for (const key of decryptingKeys(open.api, open.library, open.session)) if (await works(open, key)) return enrolled(open.token, key);
    const made = await generate(open);
    if (made && (await works(open, made))) return enrolled(open.token, made);
    throw tokenUnsuitable(open.token.label);
  });
}

/** A factor that the enrolled token opens, and its secret, which the caller wipes. The token itself is not needed. */
export function newTokenFactor({ serial, tokenLabel, keyId, publicKey }: Enrolled): { factor: TokenFactor; secret: Buffer } {
  const secret = randomBytes(32);
  return {
    factor: { type: 'token', serial, tokenLabel, keyId, publicKey, wrapped: encrypt(publicKey, secret).toString('base64') },
    secret,
  };
}

/** The factor's secret, which the caller wipes. @throws AppError as `Tokens.use`, and `vault/token-key-missing` */
export function openTokenFactor(tokens: Tokens, factor: TokenFactor, pin: string): Promise<Buffer> {
  return tokens.use({ serial: factor.serial, label: factor.tokenLabel }, pin, async ({ api, library, session, token }) => {
    const keys = decryptingKeys(api, library, session, Buffer.from(factor.keyId, 'hex'));
    const key = keys.find(({ publicKey }) => publicKey === factor.publicKey);
    if (!key) throw keyMissing(token.label);
    return decrypt(api, library, session, key, Buffer.from(factor.wrapped, 'base64'));
  });
}

async function generate({ api, library, session, token }: OpenToken): Promise<TokenKey | null> {
  try {
    return await generateKey(api, library, session);
  } catch (error) {
    if (isCode(error, api.CKR_FUNCTION_NOT_SUPPORTED, api.CKR_MECHANISM_INVALID, api.CKR_DEVICE_MEMORY, api.CKR_TEMPLATE_INCONSISTENT))
      throw tokenUnsuitable(token.label, error);
    throw error;
  }
}

/** A key may exist and yet decrypt nothing here (another padding, a PIN of its own). */
async function works({ api, library, session }: OpenToken, key: TokenKey): Promise<boolean> {
  const probe = randomBytes(32);
  try {
    const back = await decrypt(api, library, session, key, encrypt(key.publicKey, probe));
    return back.length === probe.length && timingSafeEqual(back, probe);
  } catch {
    return false;
  }
}

function encrypt(publicKey: string, secret: Buffer): Buffer {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, secret);
}

function enrolled(token: TokenDescription, key: TokenKey): Enrolled {
  return { serial: token.serial, tokenLabel: token.label, keyId: key.id.toString('hex'), publicKey: key.publicKey };
}
