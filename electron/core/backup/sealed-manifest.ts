import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import { AppError } from '../errors.ts';
import { unwrap, wrap } from '../vault/slots/gcm.ts';
import type { BackupSet } from './backup-set.ts';
import {
  snapshotHeader,
  snapshotManifest,
  storedManifest,
  tableDigests,
  type SnapshotHeader,
  type SnapshotManifest,
  type TableDigests,
} from './manifest.ts';

/** Opens manifests: the sub-key `backup` of the vault key of that time, or the key of the set. */
export type ManifestKey = { readonly kind: 'vault' | 'set'; readonly key: Uint8Array };

type HeaderFacts = Omit<SnapshotHeader, 'keys'>;

/**
 * The text of a manifest file: the header as canonical JSON, a line break, and the manifest under AES-256-GCM with a key
 * of its own. The header is authenticated with it, and so is each wrapped key with the header.
 */
export function sealManifest(facts: HeaderFacts, manifest: SnapshotManifest, keys: { vault: Uint8Array; set: Uint8Array }): string {
  const manifestKey = randomBytes(32);
  try {
    const context = canonicalJson(facts);
    const wrapped = { vault: wrap(keys.vault, manifestKey, context), set: wrap(keys.set, manifestKey, context) };
    const header = canonicalJson({ ...facts, keys: wrapped });
    return `${header}\n${wrap(manifestKey, Buffer.from(canonicalJson(storedManifest(manifest))), header)}\n`;
  } finally {
    manifestKey.fill(0);
  }
}

/** Reads what needs no key. @throws AppError `backup/damaged` */
export function readHeader(text: string): SnapshotHeader {
  try {
    return snapshotHeader.parse(JSON.parse(text.slice(0, text.indexOf('\n'))));
  } catch (error) {
    throw damaged('manifest', error);
  }
}

/** @throws AppError `backup/damaged` for a changed manifest, `backup/other-key` for a key that does not open it */
export function openManifest(text: string, key: ManifestKey): { header: SnapshotHeader; manifest: SnapshotManifest } {
  const header = readHeader(text);
  const [headerText = '', sealed = ''] = text.split('\n');
  return withManifestKey(header, key, (manifestKey) => {
    try {
      const plain = unwrap(manifestKey, sealed, headerText);
      return { header, manifest: snapshotManifest.parse(JSON.parse(plain.toString())) };
    } catch (error) {
      throw damaged('manifest', error);
    }
  });
}

/** The manifest of a snapshot by its name: one that was put in the place of another is damaged. @throws as `openManifest` */
export function openSnapshot(set: BackupSet, id: string, key: ManifestKey): { header: SnapshotHeader; manifest: SnapshotManifest } {
  const opened = openManifest(set.manifestText(id), key);
  if (opened.header.snapshot !== id || opened.header.vaultId !== set.vaultId) throw damaged('manifest');
  return opened;
}

/** The text of the file that proves a snapshot's rows, under the manifest's key. */
export function sealDigests(header: SnapshotHeader, digests: TableDigests, key: ManifestKey): string {
  return withManifestKey(
    header,
    key,
    (manifestKey) => `${wrap(manifestKey, Buffer.from(canonicalJson(digests)), digestContext(header))}\n`,
  );
}

/** @throws AppError `backup/damaged` */
export function openDigests(header: SnapshotHeader, text: string, key: ManifestKey): TableDigests {
  return withManifestKey(header, key, (manifestKey) => {
    try {
      return tableDigests.parse(JSON.parse(unwrap(manifestKey, text.trimEnd(), digestContext(header)).toString()));
    } catch (error) {
      throw damaged('tables', error);
    }
  });
}

const digestContext = (header: SnapshotHeader) => `tables ${header.snapshot}`;

function withManifestKey<T>({ keys, ...facts }: SnapshotHeader, { kind, key }: ManifestKey, work: (manifestKey: Buffer) => T): T {
  let manifestKey: Buffer;
  try {
    manifestKey = unwrap(key, keys[kind], canonicalJson(facts));
  } catch (error) {
    throw new AppError(
      'backup/other-key',
      'This backup was made under another vault key, or its manifest was changed. Nothing was changed here. Verify the backup set with the vault it belongs to.',
      { snapshot: facts.snapshot },
      { cause: error },
    );
  }
  try {
    return work(manifestKey);
  } finally {
    manifestKey.fill(0);
  }
}

export function damaged(member: string, cause?: unknown): AppError {
  return new AppError(
    'backup/damaged',
    'A file of this backup is missing, damaged or was changed. Nothing was restored from it. Choose another backup, and make a new one.',
    { member },
    { cause },
  );
}
