import { randomBytes } from 'node:crypto';
import { AppError } from '../../../errors.ts';
import { decodeGroups, encodeGroups } from './grouped-text.ts';

const codeBytes = 20;
const purpose = 'recovery-code';

/** 160 random bits as a text for paper, nine groups of five characters. The caller wipes the secret. */
export function newRecoveryCode(): { code: string; secret: Buffer } {
  const secret = randomBytes(codeBytes);
  return { code: encodeGroups(secret, purpose), secret };
}

/**
 * The secret of a typed code; the caller wipes it.
 * @throws AppError `vault/recovery-code-mistyped` (details.group, from 1; details.groups where several are wrong),
 * `vault/wrong-recovery-code` for another text
 */
export function readRecoveryCode(typed: string): Buffer {
  const decoded = decodeGroups(typed, codeBytes, purpose);
  if (decoded.ok) return decoded.bytes;
  const [group] = decoded.groups;
  if (group === undefined)
    throw new AppError('vault/wrong-recovery-code', 'This is no recovery code but another text of Redoubt. Nothing was changed.');
  const message = `The recovery code is mistyped. Look at group ${decoded.groups.join(', ')} again; nothing was changed.`;
  throw new AppError('vault/recovery-code-mistyped', message, { group, groups: decoded.groups.map(String) });
}
