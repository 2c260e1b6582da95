import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What a signed-in person may do. `public` needs no session, `signed-in` any session. */
export const permissions = [
  'documents.read',
  'documents.write',
  'models.read',
  'models.manage',
  'flows.read',
  'flows.write',
  'runs.read',
  'runs.start',
  'chat.use',
  'monitor.read',
  'audit.read',
  'reports.read',
  'reports.create',
  'people.manage',
] as const;
export type Permission = (typeof permissions)[number];

export type ProcedureMeta = {
  /** Checked by the router before the handler runs. */
  readonly permission: Permission | 'public' | 'signed-in';
  /** The action of the audit leaf a command must leave, or null for a call that changes nothing. */
  readonly audit: `${string}.${string}` | null;
};

const base = oc.$meta<ProcedureMeta>({ permission: 'signed-in', audit: null });

/** A call that changes nothing and leaves no audit leaf. */
export const query = (permission: ProcedureMeta['permission']) => base.meta({ permission, audit: null });

/** A call that changes something: its handler must leave exactly the leaf `action` in the transaction of the change. */
export const command = (permission: ProcedureMeta['permission'], action: `${string}.${string}`) => base.meta({ permission, audit: action });

export const id = z.string().min(1).max(64);
/** Milliseconds since the Unix epoch, UTC. */
export const timestamp = z.number().int();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A fraction from 0 to 1. */
export const fraction = z.number().min(0).max(1);
/** Any JSON value. */
export const json = z.json();
export type Json = z.infer<typeof json>;
export const errorShape = z.object({ code: z.string(), message: z.string() });
/** [x0, y0, x1, y1] in page units (points for PDF, pixels for pictures), origin top left. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof box>;

/** A file named by the page: bytes uploaded before, or (desktop window and command line only) a path on this machine. */
export const fileSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), uploadId: id }),
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
]);
export type FileSource = z.infer<typeof fileSource>;
