import { randomBytes } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { AppError } from '../../../errors.ts';
import { decodeShare, encodeShare, type Share } from './share-text.ts';

/** A random secret and the texts of its `count` shares (Shamir over GF(256)). The caller wipes the secret. */
export async function newShares(slotId: string, threshold: number, count: number): Promise<{ texts: string[]; secret: Buffer }> {
  const secret = randomBytes(32);
  // The library takes plain arrays only.
  const plain = new Uint8Array(secret);
  const parts = (await split(plain, count, threshold)).map((part) => Buffer.from(part.buffer, part.byteOffset, part.length));
  try {
    const slot = slotId.slice(0, 8);
    return { texts: parts.map((data, index) => encodeShare({ slot, number: index + 1, threshold, count, data })), secret };
  } finally {
    for (const part of [plain, ...parts]) part.fill(0);
  }
}

/**
 * Reads typed shares and makes sure that they belong together and are enough. The caller wipes their data.
 * @throws AppError `vault/share-mistyped` (details.share: its place among the typed ones from 1, details.group),
 * `vault/shares-mixed`, `vault/too-few-shares` (details.needed, details.given)
 */
export function readShares(typed: readonly string[]): [Share, ...Share[]] {
  const shares = new Map<number, Share>();
  try {
    for (const [index, text] of typed.entries()) {
      const decoded = decodeShare(text);
      if (!decoded.ok) throw mistyped(index + 1, decoded.groups);
      const first = shares.values().next().value ?? decoded.share;
      if (first.slot !== decoded.share.slot || first.threshold !== decoded.share.threshold) throw mixed(index + 1);
      // A share typed twice counts once.
      shares.get(decoded.share.number)?.data.fill(0);
      shares.set(decoded.share.number, decoded.share);
    }
    const [first, ...more] = shares.values();
    if (!first || shares.size < first.threshold) throw tooFew(first?.threshold ?? null, shares.size);
    return [first, ...more];
  } catch (error) {
    for (const share of shares.values()) share.data.fill(0);
    throw error;
  }
}

/** The secret that the shares hold together, which the caller wipes. Wrong shares give a wrong secret or throw. */
export async function joinShares(shares: readonly Share[]): Promise<Buffer> {
  const parts = shares.map(({ data }) => new Uint8Array(data));
  try {
    const secret = await combine(parts);
    return Buffer.from(secret.buffer, secret.byteOffset, secret.length);
  } finally {
    for (const part of parts) part.fill(0);
  }
}

function mistyped(share: number, groups: readonly number[]): AppError {
  const [group] = groups;
  if (group === undefined)
    return new AppError('vault/wrong-shares', `Text ${share} is no share but another text of Redoubt. Nothing was changed.`);
  const where = `Look at its group ${groups.join(', ')} again`;
  return new AppError('vault/share-mistyped', `Share ${share} is mistyped. ${where}; nothing was changed.`, {
    share,
    group,
    groups: groups.map(String),
  });
}

function mixed(share: number): AppError {
  return new AppError(
    'vault/shares-mixed',
    `Share ${share} belongs to another set than the first. Use shares of one set; nothing was changed.`,
    {
      share,
    },
  );
}

function tooFew(needed: number | null, given: number): AppError {
  const message = `These are too few different shares: ${given} of ${needed ?? 'at least two'}. Bring more custodians together; nothing was changed.`;
  return new AppError('vault/too-few-shares', message, { needed, given });
}
