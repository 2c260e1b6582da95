import { decodeGroups, encodeGroups, type Decoded } from '../code/grouped-text.ts';

/** What a custodian holds: enough of them for the same slot open it. */
export type Share = {
  /** The first eight hex digits of the slot's id. */
  readonly slot: string;
  /** From 1. */
  readonly number: number;
  readonly threshold: number;
  readonly count: number;
  /** 33 bytes of the sharing scheme. The holder wipes it. */
  readonly data: Buffer;
};

const shareBytes = 40;
const purpose = 'custodian-share';

/** Seventeen groups of five characters. */
export function encodeShare({ slot, number, threshold, count, data }: Share): string {
  const bytes = Buffer.concat([Buffer.from(slot, 'hex'), Buffer.of(number, threshold, count), data]);
  if (bytes.length !== shareBytes) throw new Error('not a share');
  try {
    return encodeGroups(bytes, purpose);
  } finally {
    bytes.fill(0);
  }
}

/** A share as typed, or the groups that are mistyped. */
export function decodeShare(typed: string): { ok: true; share: Share } | Extract<Decoded, { ok: false }> {
  const decoded = decodeGroups(typed, shareBytes, purpose);
  if (!decoded.ok) return decoded;
  const { bytes } = decoded;
  const [number = 0, threshold = 0, count = 0] = bytes.subarray(4, 7);
  return { ok: true, share: { slot: bytes.toString('hex', 0, 4), number, threshold, count, data: bytes.subarray(7) } };
}
