import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** How far the audit log had come: its size, and its root hash (hex). */
export type AuditMark = { readonly size: number; readonly rootHash: string };

/** A state of the vault as it is noted outside the database. */
export const anchorMark = z.object({
  vaultId: z.string(),
  /** Counts the marks written; the highest one of a file is its newest. */
  sequence: z.number().int().min(0),
  /** Transactions that changed something, since the vault was made. */
  commits: z.number().int().min(0),
  /** The audit log. */
  size: z.number().int().min(0),
  rootHash: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number().int(),
  /** When the vault was opened; null once it is closed in order. */
  openSince: z.number().int().nullable(),
  /** Of a database closed in order: `pagesDigest` of its file. */
  pages: z.string().nullable(),
});
export type AnchorMark = z.infer<typeof anchorMark>;

const format = 'redoubt-anchor/1';
const sealed = z.object({ format: z.literal(format), mark: anchorMark, mac: z.string() });

/** The mark with its HMAC-SHA-256, on one line. */
export function sealMark(mark: AnchorMark, key: Uint8Array): string {
  return JSON.stringify({ format, mark, mac: macOf(mark, key).toString('hex') });
}

/** The mark, or null for anything else than a whole one that was sealed for this vault under this key. */
export function openMark(text: string, vaultId: string, key: Uint8Array): AnchorMark | null {
  try {
    const { mark, mac } = sealed.parse(JSON.parse(text));
    const [found, expected] = [Buffer.from(mac, 'hex'), macOf(mark, key)];
    return found.length === expected.length && timingSafeEqual(found, expected) && mark.vaultId === vaultId ? mark : null;
  } catch {
    return null;
  }
}

function macOf(mark: AnchorMark, key: Uint8Array): Buffer {
  const { vaultId, sequence, commits, size, rootHash, at, openSince, pages } = mark;
  const canonical = JSON.stringify([format, vaultId, sequence, commits, size, rootHash, at, openSince, pages]);
  return createHmac('sha256', key).update(canonical).digest();
}
