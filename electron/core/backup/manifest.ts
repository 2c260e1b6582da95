import { z } from 'zod';
import { sha256 } from '../contract/base.ts';

/** Names of snapshots: a number that only grows, so that their order needs no clock, and eight random hex digits. */
export const snapshotId = z.string().regex(/^\d{6,}-[0-9a-f]{8}$/);
const bytes = z.number().int().min(0);

/** What of a snapshot can be read without a key: nothing that a listing of its files does not say as well. */
export const snapshotHeader = z.strictObject({
  format: z.literal('redoubt-backup/1'),
  vaultId: z.uuid(),
  snapshot: snapshotId,
  sequence: z.number().int().min(1),
  kind: z.enum(['full', 'incremental']),
  createdAt: z.number().int(),
  durationMs: z.number().int().min(0),
  /** Of the vault key that opens it. */
  epoch: z.number().int().min(1),
  /** Bytes that a restore writes, and that this snapshot added to the set. */
  bytes,
  addedBytes: bytes,
  blobCount: z.number().int().min(0),
  /** The manifest key under the sub-key `backup` of the vault key, and under the key of the set that the vault keeps. */
  keys: z.strictObject({ vault: z.base64().max(256), set: z.base64().max(256) }),
});
export type SnapshotHeader = z.infer<typeof snapshotHeader>;

/** Bytes of a piece of the database image: eight pages. */
export const pieceBytes = 32_768;

/** [index of the pack, place in it, SHA-256, print] */
export type Piece = readonly [pack: number, place: number, sha256: string, print: string];
/** [id, SHA-256 of the encrypted file, its bytes, when it was last modified in ms] */
export type StoredFile = readonly [id: string, sha256: string, bytes: number, modified: number];

const pieceRow = /^\d{1,9} \d{1,9} [0-9a-f]{64} [0-9a-f]{32}$/;
const toPiece = ([pack, place, hash = '', print = '']: string[]): Piece => [Number(pack), Number(place), hash, print];
const fileRow = /^[0-9a-f]{64} [0-9a-f]{64} \d{1,15} \d{1,15}$/;
const toFile = ([id = '', hash = '', length, modified]: string[]): StoredFile => [id, hash, Number(length), Number(modified)];

/** Long lists are stored as text, a line a row: as JSON, a hundred thousand of them would hold up core for seconds. */
function rows<T>(line: RegExp, read: (cells: string[]) => T) {
  return z.string().transform((text, context): T[] => {
    const lines = text === '' ? [] : text.split('\n');
    if (lines.every((each) => line.test(each))) return lines.map((each) => read(each.split(' ')));
    context.addIssue({ code: 'custom', message: 'not a row' });
    return z.NEVER;
  });
}

const rowText = (list: readonly (readonly (string | number)[])[]) => list.map((row) => row.join(' ')).join('\n');

/** As it is stored. */
export function storedManifest({ image, blobs, ...rest }: SnapshotManifest) {
  return { ...rest, image: { ...image, pieces: rowText(image.pieces) }, blobs: rowText(blobs) };
}

/** Everything a snapshot consists of, each with its SHA-256. All of it is ciphertext of the vault already, except models. */
export const snapshotManifest = z.strictObject({
  /** Of `vault.json` and `anchor.json` as they stood. */
  vaultFile: sha256,
  anchor: sha256.nullable(),
  audit: z.strictObject({ size: z.number().int().min(0), rootHash: sha256 }),
  /**
   * The database file; all pieces but the last have `pieceBytes`. `pack` is an index into `packs`. The print is a hash over what SQLCipher puts at the end of each page, and so names its content too.
   */
  image: z.strictObject({ size: bytes, packs: z.array(snapshotId), pieces: rows(pieceRow, toPiece) }),
  blobs: rows(fileRow, toFile),
  /** [SHA-256, bytes]. Model files are no secret and lie in the vault unencrypted. */
  models: z.array(z.tuple([sha256, bytes])),
});
export type SnapshotManifest = z.output<typeof snapshotManifest>;

/** Rows of each table and a hash over them, of the database as it was read back from the backup. */
export const tableDigests = z.record(z.string(), z.strictObject({ rows: z.number().int().min(0), sha256 }));
export type TableDigests = z.infer<typeof tableDigests>;
