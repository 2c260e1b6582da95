import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { keyMissing, tokenFailed } from '../../vault/factors/token/token-errors.ts';
import { signWithToken, signingKeys } from '../../vault/factors/token/signing-key.ts';
import type { Tokens } from '../../vault/factors/token/tokens.ts';
import type { ReportSigner } from './report-signer.ts';
import type { StoredKey, TokenPlace } from './signing.repository.ts';

type Key = Pick<StoredKey, 'publicKey'>;

/** Signs with a key of a token. Each signature logs in anew, so that the token may be pulled out between them. */
export function tokenSign(tokens: Tokens, place: TokenPlace, { publicKey }: Key, pin: string): ReportSigner['sign'] {
  return (data) =>
    tokens.use(place, pin, ({ api, library, session, token }) => {
      const keys = signingKeys(api, library, session, Buffer.from(place.keyId, 'hex'));
      const key = keys.find((each) => Buffer.compare(each.publicKey, publicKey) === 0);
      if (!key) throw keyMissing(token.label);
      return signWithToken(api, library, session, key, data);
    });
}

/** Signs something with it and checks that. @throws AppError as `Tokens.use`, and `vault/token-key-missing` */
export async function tryTokenKey(tokens: Tokens, place: TokenPlace, key: Key, pin: string): Promise<void> {
  const probe = randomBytes(32);
  const signature = await tokenSign(tokens, place, key, pin)(probe);
  const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'spki' });
  if (!verify('sha256', probe, publicKey, signature)) throw tokenFailed(place.label, new Error('its signature does not match its key'));
}
