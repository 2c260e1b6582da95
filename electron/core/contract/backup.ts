import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, errorShape, id, query, timestamp } from './base.ts';
import { secrets } from './vault.ts';
import { userName } from './names.ts';

const folder = z.string().min(1).max(4096);

export const backupSettings = z.object({
  /** Folder of the backup set: any folder, removable disk or mounted share. Null: no backups yet. */
  folder: folder.nullable(),
  /** Weekly: on Fridays. A missed one runs after the next unlock. */
  schedule: z.enum(['off', 'daily', 'weekly']),
  /** Minutes after midnight, local time. */
  atMinute: z.number().int().min(0).max(1439),
  keep: z.object({
    daily: z.number().int().min(1).max(365),
    weekly: z.number().int().min(0).max(520),
    monthly: z.number().int().min(0).max(600),
  }),
  includeModels: z.boolean(),
  pauseOnBattery: z.boolean(),
});
export type BackupSettings = z.infer<typeof backupSettings>;

export const snapshot = z.object({
  id,
  vaultId: z.string(),
  createdAt: timestamp,
  kind: z.enum(['full', 'incremental']),
  /** Bytes that restoring it brings back, and that making it added to the set. */
  bytes: z.number(),
  addedBytes: z.number(),
  blobCount: z.number().int(),
  durationMs: z.number(),
  lastVerifiedAt: timestamp.nullable(),
  problem: errorShape.nullable(),
});
export type Snapshot = z.infer<typeof snapshot>;

export const drillResult = z.object({
  snapshotId: id,
  at: timestamp,
  ok: z.boolean(),
  rows: z.number().int(),
  tables: z.number().int(),
  blobs: z.number().int(),
  bytes: z.number(),
  /** The measured length of a full recovery. */
  recoveryMs: z.number(),
  bytesPerSecond: z.number(),
  problems: z.array(z.string()),
});
export type DrillResult = z.infer<typeof drillResult>;

export const backupActivity = z.object({
  task: z.enum(['backup', 'verify', 'drill']),
  stage: z.string(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  paused: z.enum(['battery']).nullable(),
});
export type BackupActivity = z.infer<typeof backupActivity>;

export const backupState = z.object({
  settings: backupSettings,
  nextAt: timestamp.nullable(),
  activity: backupActivity.nullable(),
  last: z.object({ at: timestamp, snapshotId: id.nullable(), error: errorShape.nullable() }).nullable(),
  /** Why the last check or drill ended without a result, until the next task begins. */
  failure: z.object({ task: z.enum(['backup', 'verify', 'drill']), error: errorShape }).nullable(),
  lastDrill: drillResult.nullable(),
});
export type BackupState = z.infer<typeof backupState>;

export const backupContract = {
  state: query('backup.read').output(backupState),
  watch: query('backup.read').output(eventIterator(backupState)),
  setSettings: command('backup.manage', 'backup.set-settings').input(backupSettings).output(backupState),
  /** Newest first. Null: the folder of the settings. */
  snapshots: query('backup.read')
    .input(z.object({ folder: folder.nullable().default(null) }).default({ folder: null }))
    .output(z.array(snapshot)),
  /** Begins in the background; `watch` shows how far it is. `folder` null: that of the settings; backups elsewhere are never pruned. */
  run: command('backup.manage', 'backup.run')
    .input(z.object({ folder: folder.nullable().default(null), full: z.boolean().default(false) }).default({ folder: null, full: false }))
    .output(backupState),
  verify: command('backup.manage', 'backup.verify')
    .input(z.object({ snapshotId: id, folder: folder.nullable().default(null) }))
    .output(backupState),
  /** Of the newest snapshot where none is named. */
  drill: command('backup.manage', 'backup.drill')
    .input(
      z
        .object({ snapshotId: id.nullable().default(null), folder: folder.nullable().default(null) })
        .default({ snapshotId: null, folder: null }),
    )
    .output(backupState),
  cancel: command('backup.manage', 'backup.cancel').output(backupState),
  history: query('backup.read').output(z.object({ drills: z.array(drillResult) })),
  /** What a folder holds; needs no key. For the page of a machine without a vault. */
  inspect: query('public').input(z.object({ folder })).output(z.array(snapshot)),
  /** Restores into this machine's empty vault folder with what a person of that time proves, or that time's recovery code or shares. Ends with `done`. */
  restore: command('public', 'backup.restore')
    .input(
      z.object({
        folder,
        snapshotId: id,
        userName: userName.optional(),
        secrets: secrets.optional(),
        code: z.string().max(200).optional(),
        shares: z.array(z.string().max(400)).max(16).optional(),
      }),
    )
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('progress'), doneBytes: z.number(), totalBytes: z.number() }),
          z.object({ type: z.literal('done'), bytes: z.number(), durationMs: z.number() }),
        ]),
      ),
    ),
};
