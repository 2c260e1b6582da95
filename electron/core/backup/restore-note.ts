import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { AuditMark } from '../vault/anchor.ts';
import { writeFileAtomic } from '../vault/atomic-file.ts';
import type { Act } from '../audit/act.ts';
import { currentKey } from '../vault/key-ring.ts';
import type { OpenStorage } from '../vault/open-vault.ts';
import type { FreshnessFigures } from '../vault/require-fresh.ts';
import { subKey } from '../vault/sub-keys.ts';
import { snapshotId, type SnapshotHeader } from './manifest.ts';

const facts = z.strictObject({
  snapshot: snapshotId,
  backupAt: z.number().int(),
  restoredAt: z.number().int(),
  size: z.number().int(),
  rootHash: z.string(),
});
export type RestoreNote = z.infer<typeof facts>;

const noteFile = (folder: string) => join(folder, 'restored.json');

/** Left in a restored vault, so that its next opening records where it comes from. Sealed: nobody else can claim a restore. */
export function writeRestoreNote(folder: string, header: SnapshotHeader, audit: AuditMark, key: Uint8Array): void {
  const note = facts.parse({ snapshot: header.snapshot, backupAt: header.createdAt, restoredAt: Date.now(), ...audit });
  writeFileAtomic(noteFile(folder), `${JSON.stringify({ ...note, mac: macOf(note, key).toString('hex') })}\n`);
}

/** The note of a restore that is not recorded yet, or null. `key` is the sub-key `backup`. */
export function readRestoreNote(folder: string, key: Uint8Array): RestoreNote | null {
  try {
    const { mac, ...rest } = facts.extend({ mac: z.string() }).parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')));
    const [expected, found] = [macOf(rest, key), Buffer.from(mac, 'hex')];
    return found.length === expected.length && timingSafeEqual(found, expected) ? rest : null;
  } catch {
    return null;
  }
}

/** Where a vault that was restored and not opened since comes from: for whoever decides whether to open it. */
export function restoreTimes({ folder, vaultId, ring }: OpenStorage): { backupAt?: number; restoredAt?: number } {
  const key = subKey(currentKey(ring), vaultId, 'backup');
  try {
    const note = readRestoreNote(folder, key);
    return note ? { backupAt: note.backupAt, restoredAt: note.restoredAt } : {};
  } finally {
    key.fill(0);
  }
}

/**
 * Records at the first opening that this vault was restored: the head that came back, and the newest one that is known
 * of this vault on this machine.
 */
export function recordRestore({ folder, vaultId, ring }: OpenStorage, act: Act, figures: FreshnessFigures): void {
  const key = subKey(currentKey(ring), vaultId, 'backup');
  try {
    const note = readRestoreNote(folder, key);
    if (!note) return;
    const { size, ...rest } = note;
    const { verdict, recordsSeen = null, seenAt = null } = figures;
    act.commit({ subject: vaultId, details: { ...rest, records: size, verdict, recordsSeen, seenAt } }, () => undefined);
    rmSync(noteFile(folder), { force: true });
  } finally {
    key.fill(0);
  }
}

function macOf(note: RestoreNote, key: Uint8Array): Buffer {
  return createHmac('sha256', key)
    .update(`restore ${canonicalJson(note)}`)
    .digest();
}
